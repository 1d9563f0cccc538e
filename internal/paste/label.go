package paste

import "strings"

// readLabels reads parameters that stand in a table, in JSON or in somebody's
// notes instead of an address: a name, something between, a value. It is tried
// when no address has a code.
func (r *reading) readLabels() {
	a := address{labelled: true}
	generic := false
	text := r.lines
	for i := 0; i < len(text); {
		// Behind "?" and "&" stand parameters, and they have been read; behind
		// "/" stands the end of an XML element.
		if !isWordByte(text[i]) || i > 0 && (isNameByte(text[i-1]) || strings.IndexByte("?&#;/", text[i-1]) >= 0) {
			i++
			continue
		}
		start := i
		for i < len(text) && isNameByte(text[i]) {
			i++
		}
		name := lookupName(text[start:i])
		if name == nameUnknown {
			continue
		}
		value, end := labelValue(text, i)
		if end == 0 && (name == nameCode || name == nameSellerID) {
			// Amazon's own names are no words: a blank is enough behind them,
			// if what follows can be a value.
			word, _, _ := strings.Cut(strings.TrimLeft(text[i:min(len(text), i+maxCode)], " "), " ")
			word, _, _ = strings.Cut(word, "\n")
			if looksLikeCode(word) || Classify(word) == ShapeSellerID {
				value, end = word, i
			}
		}
		if end == 0 {
			continue
		}
		if name == nameGenericCode || name == nameError {
			// "code" and "error" are words of any language; they count only as
			// a name in quotes.
			if start == 0 || text[start-1] != '"' && text[start-1] != '\'' {
				continue
			}
			generic = true
		}
		value, _ = fieldValue(name, value, true)
		a.fields[name].put(value)
		i = end
	}
	if !a.has(nameCode) && (!generic || !a.has(nameState) && !a.has(nameSellerID)) {
		a.fields[nameGenericCode] = field{}
	}
	r.readNotes(&a)
	if a.has(nameCode) || a.has(nameGenericCode) || a.has(nameError) || Classify(a.get(nameSellerID)) == ShapeSellerID {
		a.known = true
		r.addresses = append(r.addresses, a)
	}
}

// labelValue reads what separates a name from its value, and the value. A name
// that no separator follows is just a word: end is 0.
func labelValue(text string, i int) (value string, end int) {
	const maxGap = 64 // between a name and its value, at most
	separated, quote := false, byte(0)
	limit := min(len(text), i+maxGap)
	for i < limit {
		switch c := text[i]; {
		case c == ':' || c == '=' || c == '>' || c == '|' || c == '\t' || c == '\n':
			separated, quote = true, 0
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case c == ' ' || c == '[' || c == ']' || c == '(' || c == '{' || c == '}' || c == '*':
		default:
			if !separated {
				return "", 0
			}
			end = i
			for end < len(text) {
				c := text[end]
				if quote != 0 && c == quote || c == '\n' || c == '"' ||
					quote == 0 && (c <= ' ' || c == ',' || c == '&' || c == ')' || c == ']' || c == '}' || c == '\'' || c == '`' || c == '<' && end > i) {
					break
				}
				end++
			}
			return text[i:end], end
		}
		i++
	}
	return "", 0
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
		case "sellerid", "セラーid", "出品者id", "iddovendedor", "merchanttoken", "merchantid", "sellingpartnerid":
			a.fields[nameSellerID].put(cutSellerID(value))
		case "state", "照合用の値":
			a.fields[nameState].put(value)
		}
	}
}
