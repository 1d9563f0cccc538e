package paste

import (
	"slices"
	"strings"
)

// readLabels reads parameters that are in a table, in JSON or in somebody's
// notes instead of an address: a name, something between, a value. It is tried
// when no address has a code.
func (r *reading) readLabels() {
	a := address{labelled: true}
	if !a.readTable(r.lines) {
		a.readNames(r.lines)
	}
	if !a.has(nameCode) && !a.has(nameState) && !a.has(nameSellerID) {
		a.fields[nameGenericCode] = field{}
	}
	r.readNotes(&a)
	if a.has(nameCode) || a.has(nameGenericCode) || a.has(nameError) || Classify(a.get(nameSellerID)) == ShapeSellerID {
		a.known = true
		r.addresses = append(r.addresses, a)
	}
}

// readNames reads every name in a text that has a value.
func (a *address) readNames(text string) {
	for i := 0; i < len(text); {
		// After "?" and "&" come parameters, which have been read; after "/"
		// comes the end of an XML element.
		if !isWordByte(text[i]) || i > 0 && (isNameByte(text[i-1]) || strings.IndexByte("?&#;/", text[i-1]) >= 0) {
			i++
			continue
		}
		start := i
		for i < len(text) && isNameByte(text[i]) {
			i++
		}
		if end := a.readLabel(text, start, i); end > 0 {
			i = end
		}
	}
}

// readTable reads a table whose columns have the names, as a spreadsheet or an
// export of one has them.
func (a *address) readTable(text string) bool {
	isCode := func(s string) bool { return lookupName(strings.TrimSpace(s)) == nameCode }
	for start := 0; start < len(text); {
		r := rowAt(text, start)
		if slices.ContainsFunc(r.names, isCode) {
			for i, cell := range strings.Split(text[start:r.end], r.sep) {
				if name := lookupName(strings.TrimSpace(r.names[i])); name != nameUnknown {
					value, _ := fieldValue(name, strings.TrimSpace(cell), true)
					a.fields[name].put(value)
				}
			}
		}
		start = r.end
	}
	return a.has(nameCode)
}

// readLabel reads the value of the name text[start:i] and returns where it
// ends; 0 if that is no name, or has no value.
func (a *address) readLabel(text string, start, i int) (end int) {
	name := lookupName(text[start:i])
	if name == nameUnknown {
		return 0
	}
	value, end := labelValue(text, i)
	if end == 0 && (name == nameCode || name == nameSellerID) {
		// Amazon's own names are no words: a blank is enough behind them, if
		// what follows can be a value.
		word, _, _ := strings.Cut(strings.TrimLeft(text[i:min(len(text), i+maxCode)], " "), " ")
		word, _, _ = strings.Cut(word, "\n")
		if looksLikeCode(word) || Classify(word) == ShapeSellerID {
			value, end = word, i
		}
	}
	quoted := start > 0 && (text[start-1] == '"' || text[start-1] == '\'')
	if end == 0 || (name == nameGenericCode || name == nameError) && !quoted {
		// "code" and "error" are words of any language; they count only as a
		// name in quotes.
		return 0
	}
	value, _ = fieldValue(name, value, true)
	a.fields[name].put(value)
	return end
}

// labelValue reads what separates a name from its value, and the value. A name
// that no separator follows is just a word: end is 0.
func labelValue(text string, i int) (value string, end int) {
	const maxGap = 64 // between a name and its value, at most
	separated, below, quote := false, false, byte(0)
	for limit := min(len(text), i+maxGap); i < limit; i++ {
		switch c := text[i]; {
		case strings.IndexByte(":=>|\t\n", c) >= 0:
			separated, below, quote = true, below || c == '\n', 0
		case strings.IndexByte("\"'`", c) >= 0:
			quote = c
		case strings.IndexByte(" [](){}*", c) >= 0 && c != ')':
		case !separated:
			return "", 0
		default:
			end = i + valueLen(text[i:], quote)
			if below && quote == 0 && end < len(text) && text[end] != '\n' {
				return "", 0 // a line of several values, or a sentence
			}
			return text[i:end], end
		}
	}
	return "", 0
}

// valueLen is the length of the value that s begins with. A quoted one ends at
// its mark, any value at the end of the line.
func valueLen(s string, quote byte) int {
	for n := range len(s) {
		c := s[n]
		if quote != 0 && c == quote || c == '\n' || c == '"' ||
			quote == 0 && (c <= ' ' || strings.IndexByte(",&)]}'`", c) >= 0 || c == '<' && n > 0) {
			return n
		}
	}
	return len(s)
}

// maxLabel is the longest label of a note, in bytes.
const maxLabel = 40

// readNotes reads lines such as "OAuthコード：AN…" and "ID do vendedor: A1…",
// as people write them down with the names of the screens.
func (r *reading) readNotes(a *address) {
	separators := strings.NewReplacer(" ", "", "_", "", "-", "")
	for line := range strings.SplitSeq(r.lines, "\n") {
		i := strings.IndexAny(line, ":=\t|")
		if i <= 0 || i > maxLabel {
			continue
		}
		value := strings.Trim(line[i+1:], " \t\"'`|,;「」“”")
		if value == "" || strings.ContainsAny(value, " \t") || !isASCII(value) {
			continue
		}
		label := strings.Trim(line[:i], " \t\"'`*•・-「」“”")
		label = separators.Replace(strings.ToLower(label))
		switch label {
		case "oauthcode", "oauthコード", "códigooauth", "codigooauth", "código", "codigo", "コード", "code", "authorizationcode", "códigodeautorização", "codigodeautorizacao", "認可コード", "承認コード":
			if !a.has(nameCode) && looksLikeCode(value) {
				a.fields[nameGenericCode].put(value)
				r.marks.add(BareCode)
			}
		case "seller", "sellerid", "セラーid", "出品者id", "iddovendedor", "merchanttoken", "merchantid", "sellingpartnerid":
			a.fields[nameSellerID].put(cutSellerID(value))
		case "state", "照合用の値":
			a.fields[nameState].put(value)
		}
	}
}
