package paste

import "strings"

// isAmazonsExample reports the value that Amazon's own documentation prints
// ("spapioauthcodeexample"). It has the form of a code, so it is passed on.
func isAmazonsExample(code string) bool {
	return containsFold(code, "oauthcode") || containsFold(code, "codeexample")
}

// looksLikeCode tells a code that is alone from a word, a number and from
// other values. Inside an address nothing is asked of a code; here there is
// only its look to go by.
func looksLikeCode(s string) bool {
	if len(s) < 4 || len(s) > 512 || Classify(s) != ShapeUnknown || isSample(s) {
		return false
	}
	if n := len(s); isHexString(s) && (n == 32 || n == 40 || n == 64) || isUUID(s) {
		return false
	}
	l, ok := lookAt(s, "-_~")
	return ok && l.letter && (l.digit || l.joined || l.inner && len(s) >= 12)
}

func mentionsCode(s string) bool {
	s = strings.ToLower(s)
	return strings.Contains(s, "コード") || strings.Contains(s, "code") || strings.Contains(s, "código")
}

// isTemplate reports a value that only marks a place: "<state>", "{nonce}",
// "${code}", "%s", "...", (セラーID).
func isTemplate(s string) bool {
	if s == "" {
		return false
	}
	if strings.Trim(s, ".") == "" {
		return true
	}
	s = strings.TrimPrefix(s, "$")
	switch s[:min(len(s), 2)] {
	case "%s", "%d", "%v", "%(", "%{":
		return true
	}
	for _, pair := range [][2]string{{"<", ">"}, {"{", "}"}, {"[", "]"}, {"(", ")"}, {"「", "」"}, {"『", "』"}, {"【", "】"}, {"%", "%"}, {"__", "__"}} {
		if inner, ok := strings.CutPrefix(s, pair[0]); ok {
			if inner, ok = strings.CutSuffix(inner, pair[1]); ok {
				// A state may be JSON.
				return inner != "" && !strings.ContainsAny(inner, "\":")
			}
		}
	}
	return false
}

// isCodeTemplate is isTemplate for a code, which has no brackets and no
// letters outside ASCII at all.
func isCodeTemplate(s string) bool {
	return isTemplate(s) || strings.ContainsAny(s, "<>{}()[]") || !isASCII(s) || s[0] == '$' || s[0] == ':' || s[0] == '%'
}

// isSample reports a value that a guide prints in the place of a real one: a
// run of X or of another character, or words that say what belongs there.
func isSample(s string) bool {
	if len(s) > 80 {
		return false
	}
	run, longest := 0, 0
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			run = 0
		}
		run++
		if s[i]|0x20 == 'x' || s[i] == '*' {
			longest = max(longest, run)
		}
	}
	if s != "" && run == len(s) && len(s) >= 3 || longest >= 4 && longest*2 >= len(s) {
		return true
	}
	return saysCode(s)
}

// saysCode reports a value made of nothing but words such as YOUR_CODE,
// "SEU_CODIGO_AQUI" and "AuthorizationCode".
func saysCode(s string) bool {
	if strings.ContainsAny(s, "0123456789") {
		return false
	}
	rest := strings.ToLower(s)
	if strings.Trim(rest, "_-. ") == "spapi_oauth_code" {
		return true
	}
	says := false
next:
	for rest != "" {
		if strings.IndexByte("_-. ", rest[0]) >= 0 {
			rest = rest[1:]
			continue
		}
		for _, w := range [...]string{
			"code", "codigo", "placeholder", "value", "valor", "string", "null", "undefined", "none", "example", "exemplo", "sample",
		} {
			if r, ok := strings.CutPrefix(rest, w); ok {
				rest, says = r, true
				continue next
			}
		}
		for _, w := range [...]string{
			"authorization", "authorisation", "authentication", "autorizacao", "oauth", "auth", "your", "my", "the", "here",
			"aqui", "insert", "paste", "enter", "put", "seu", "sua", "meu", "de", "da", "do", "from", "amazon", "lwa", "cole", "colar", "token",
		} {
			if r, ok := strings.CutPrefix(rest, w); ok {
				rest = r
				continue next
			}
		}
		return false
	}
	return says
}

// isOwnValue reports a word that begins a value of its own and so never
// continues the one before: KEY=…, an Amazon ID or token, bare hexadecimal.
func isOwnValue(word string) bool {
	word = strings.TrimFunc(word, func(r rune) bool { return strings.ContainsRune(quotes+trailing, r) })
	if n := nameLen(word); n > 0 && n+1 < len(word) && word[n] == '=' && isLetter(word[0]) && word[n+1] != '=' {
		return true
	}
	return Classify(word) != ShapeUnknown || hasPrefixFold(word, "amzn1.") || strings.HasPrefix(word, "Atz") ||
		len(word) >= 16 && isHexString(word)
}

// looksMachineMade tells a piece of a code from a word of a sentence or
// a date: it has a digit and a letter, or capitals inside.
func looksMachineMade(word string) bool {
	l, ok := lookAt(strings.TrimRight(word, trailing), "-_.~%+/=|")
	return ok && l.letter && (l.digit || l.inner)
}

// isMasked reports that a value goes on in dots or stars.
func isMasked(rest string) bool {
	for _, mark := range [...]string{"*", "..", "•", "●", "…", "█", "<", "["} {
		if strings.HasPrefix(rest, mark) {
			return mark != "<" || strings.HasPrefix(rest, "<your") || strings.HasPrefix(rest, "<redacted")
		}
	}
	return false
}
