package paste

import "strings"

// tail is what is known of the last word written so far, for deciding whether
// the next word continues it. It is kept up to date byte by byte, so that
// a thousand short lines cost no more than a long one.
type tail struct {
	out []byte
	// line and word are where the current line and the last word begin.
	line, word int
	// address: the word looks like part of an address.
	address bool
	// query: a "?", "&" or "#" was seen; name is where the parameter begins,
	// and eq where its "=" is (-1: not yet).
	query    bool
	name, eq int
	// width is that of the line before in the text, even that the one before it
	// was as wide: the text was cut at that width.
	width int
	even  bool
}

func (t *tail) write(word string) {
	for i := range len(word) {
		c := word[i]
		at := len(t.out)
		t.out = append(t.out, c)
		switch c {
		case '?', '&', '#':
			t.query, t.name, t.eq = true, at+1, -1
			t.address = t.address || c != '#'
		case '=':
			if t.eq < 0 {
				t.eq = at
				if !t.query {
					t.name = t.word
				}
				if lookupName(string(lastWordBytes(t.out[t.name:at]))) != nameUnknown {
					t.query, t.address = true, true
				}
			}
		case '/':
			t.address = t.address || at == t.word || at >= 2 && t.out[at-1] == '/' && t.out[at-2] == ':'
		case '%':
			t.address = true
		}
	}
}

func lastWordBytes(b []byte) []byte {
	if len(b) > maxName {
		return b[len(b)-maxName:]
	}
	return b
}

func (t *tail) begin(newLine bool) {
	if newLine {
		t.out = append(t.out, '\n')
		t.line = len(t.out)
	} else if len(t.out) > 0 {
		t.out = append(t.out, ' ')
	}
	t.word, t.name, t.eq = len(t.out), len(t.out), -1
	t.address, t.query = false, false
}

// joinWraps puts an address together again that was cut into lines, or whose
// line breaks became blanks in a one-line field. Whether the next word belongs
// to the address is judged by what is on both sides of the gap.
func joinWraps(text string, m *marks) string {
	if !strings.ContainsAny(text, " \t\n") {
		return text
	}
	t := tail{out: make([]byte, 0, len(text)+16)}
	line := 0 // where the line begins
	for i := 0; i < len(text); {
		newLine, paragraph, gap := false, false, i
		for ; i < len(text) && isBlank(text[i]); i++ {
			paragraph = paragraph || newLine && text[i] == '\n'
			newLine = newLine || text[i] == '\n'
		}
		if newLine {
			t.even, t.width, line = gap-line == t.width, gap-line, i
		}
		end := i
		for end < len(text) && !isBlank(text[end]) {
			end++
		}
		if word := text[i:end]; word != "" {
			alone := newLine && (end == len(text) || text[end] == '\n')
			t.join(word, text[i:], newLine, alone, paragraph, m)
		}
		i = end
	}
	return string(t.out)
}

// join writes a word, behind what the gap before it turns out to be.
func (t *tail) join(word, ahead string, newLine, alone, paragraph bool, m *marks) {
	kind := gapReal
	if len(t.out) == 0 {
		kind = gapWrap
	} else if !paragraph {
		kind = t.continues(word, ahead, newLine, alone)
	}
	switch {
	case kind == gapBlank:
		word = "%20" + word
	case kind == gapReal:
		t.begin(newLine)
	case len(t.out) > 0:
		m.add(LineBroken)
	}
	t.write(word)
}

// gap is what is between two words.
type gap int

const (
	gapReal  gap = iota // two words
	gapWrap             // one word, wrapped
	gapBlank            // a blank inside a value
)

// continues says what the gap before word is; ahead is the text from word on.
func (t *tail) continues(word, ahead string, newLine, alone bool) gap {
	inValue := t.query && t.eq >= 0
	if inValue && t.address && !hasHTTP(word) && word[0] != '?' && word[0] != '&' && !strings.HasPrefix(word, "#/") {
		return t.continuesValue(word, ahead, newLine, alone)
	}
	if t.continuesAddress(word, newLine, alone, inValue) {
		return gapWrap
	}
	return gapReal
}

// continuesAddress decides outside of a value.
func (t *tail) continuesAddress(word string, newLine, alone, inValue bool) bool {
	switch first := word[0]; {
	case !t.address:
		// "client-example.com/cb" and below it "?spapi_oauth_code=…".
		return newLine && first == '?' && strings.IndexByte(word, '=') > 0 && len(t.out)-t.word > 1
	case hasHTTP(word):
		return t.eq >= 0 && t.eq == len(t.out)-1
	case first == '?' || first == '&' || first == '=' && !inValue:
		return len(word) > 1 || !newLine
	case strings.HasPrefix(word, "#/"):
		return newLine
	case t.query:
		return t.continuesName(word, newLine, alone)
	}
	return newLine && continuesPath(word, alone)
}

// continuesPath decides in the host or path: only a line that itself looks like
// the rest of an address goes on.
func continuesPath(word string, alone bool) bool {
	if startsWithName(word) {
		return false
	}
	return strings.IndexByte(word, '?') > 0 || strings.IndexByte(word, '%') >= 0 || alone && strings.ContainsAny(word, "/.") && isASCII(word)
}

// continuesName decides inside a parameter name ("&selling_part", "ner_id=…").
func (t *tail) continuesName(word string, newLine, alone bool) bool {
	part := string(lastWordBytes(t.out[t.name:]))
	eq := strings.IndexByte(word, '=')
	switch {
	case eq < 0:
		return newLine && alone && part != "" && isNamePrefix(part+word)
	case part == "":
		return true
	case len(word[:eq]) <= maxName && lookupName(part+word[:eq]) != nameUnknown:
		return true
	}
	return newLine && !startsWithName(word)
}

// continuesValue decides inside a value. A value ends where its line ends,
// unless the next word shows that the address goes on.
func (t *tail) continuesValue(word, ahead string, newLine, alone bool) gap {
	if startsWithName(word) || amazonCodeAt(word) != "" {
		return gapReal
	}
	name := lookupName(string(lastWordBytes(t.out[t.name:t.eq])))
	value := string(t.out[t.eq+1:])
	switch {
	case !newLine && name == nameState && value != "" && isInsideState(ahead):
		return gapBlank
	case hasNextParameter(word), newLine && t.isFolded(name, value):
		return gapWrap
	case value == "" && beginsValue(name, word):
		return gapWrap
	case value != "" && !isOwnValue(word) && isCut(name, value, word, alone):
		return gapWrap
	}
	return gapReal
}

// isFolded reports that a value goes on in the next line, because the text was cut
// at its width or because of a hyphen.
func (t *tail) isFolded(name paramName, value string) bool {
	return t.even && !isWhole(name, value) || (name == nameState || name == nameApplicationID) && strings.HasSuffix(value, "-")
}

// beginsValue reports that word is the value of a name that ends its line.
func beginsValue(name paramName, word string) bool {
	switch name {
	case nameSellerID:
		return looksMachineMade(word)
	case nameCode, nameState:
		return looksMachineMade(word) && !isOwnValue(word)
	case nameApplicationID:
		return isApplicationID(word)
	case nameVersion:
		return strings.HasPrefix(word, "beta")
	}
	return false
}

// codeLen is the length of every authorization code seen so far. Amazon
// documents none.
const codeLen = 20

// isCut reports that word is the rest of a value that the line before could not
// hold: the two together have the length that the value always has, or word has
// an escape.
func isCut(name paramName, value, word string, alone bool) bool {
	word = strings.TrimRight(word, trailing)
	run := 0 // a sentence may go on behind the value
	for run < len(word) && isAlnum(word[run:run+1]) {
		run++
	}
	switch n := len(value) + run; name {
	case nameSellerID:
		return (n == 13 || n == 14) && isUpperAlnum(word[:run]) && (len(value) < 11 || len(value) < 13 && run == len(word))
	case nameCode, nameGenericCode:
		return len(value) < codeLen && n == codeLen
	case nameApplicationID:
		id := value + word
		return isUUID(id[strings.LastIndexByte(id, '.')+1:])
	}
	return alone && (value[len(value)-1] == '%' || len(value) > 1 && value[len(value)-2] == '%' || hasPercent(word))
}

// isWhole reports that a value is as long as it can be.
func isWhole(name paramName, value string) bool {
	switch name {
	case nameCode, nameGenericCode:
		return len(value) >= codeLen
	case nameSellerID:
		return len(value) >= 13
	}
	return false
}

// hasPercent reports an escape such as "%2F".
func hasPercent(s string) bool {
	i := strings.IndexByte(s, '%')
	_, ok := hexByte(s, i+1)
	return i >= 0 && ok
}

// isInsideState reports that a blank is part of a state such as "My Shop": the
// line goes on to another parameter of the same address.
func isInsideState(ahead string) bool {
	const longest = 200
	line, _, _ := strings.Cut(ahead[:min(len(ahead), longest)], "\n")
	i := strings.IndexByte(line, '&')
	return i > 0 && !strings.ContainsAny(line[:i], "=?#") && startsWithName(line[i+1:])
}

// hasNextParameter reports "…&name=…" in word, which makes it the middle of
// an address and not the beginning of another.
func hasNextParameter(word string) bool {
	rest, next, ok := strings.Cut(word, "&")
	for ; ok; _, next, ok = strings.Cut(next, "&") {
		if startsWithName(next) {
			return !strings.Contains(rest, "?")
		}
	}
	return false
}

// clean takes the accidents of copying off a text: foreign forms of ASCII
// characters, invisible characters, escapes of HTML, mail, JSON and shells,
// the gutters of quoted mail and of code comments, and line breaks inside an
// address. What it did is marked. An undamaged address comes back as it is,
// without a copy. lines is the text before its line breaks were looked at:
// in a table they mean something.
func clean(text string, m *marks) (joined, lines string) {
	text = strings.TrimSpace(text)
	if isPlain(text) {
		return text, text
	}
	lines = stripGutters(decodeLayers(text, m))
	return joinWraps(lines, m), lines
}

// isPlain reports that a text holds nothing that any step of clean would
// touch. Most pastes are one undamaged address, and this is all they cost.
func isPlain(text string) bool {
	if strings.Contains(text, "=3") {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c <= ' ' || c >= 0x7f:
			return false
		case c == '\\' || c == ';' || c == '>' && i == 0 || c == '|' && i == 0:
			return false
		}
	}
	return true
}
