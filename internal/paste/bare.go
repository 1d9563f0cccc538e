package paste

import (
	"slices"
	"strings"
)

// judgeWords names a text in which no address says anything: a value that
// belongs into another box, a bare code, or nothing that is known.
func (r *reading) judgeWords() (Redirect, error) {
	if kind := r.credentialKind(); kind != "" {
		return Redirect{}, &Error{Kind: kind}
	}
	if len(r.addresses) > 0 {
		e := &Error{Kind: NoCode}
		for i := range r.addresses {
			if e.SellerID == "" {
				e.SellerID = plainSeller(&r.addresses[i])
			}
			if e.State == "" {
				e.State = plainValue(r.addresses[i].get(nameState))
			}
		}
		return Redirect{}, e
	}
	if len(r.text) > maxJunk {
		return Redirect{}, &Error{Kind: TooLarge}
	}
	return r.judgeBare()
}

// judgeBare reads a code that was copied without its address: alone, with its
// state or with the seller ID.
func (r *reading) judgeBare() (Redirect, error) {
	words := r.words()
	if len(words) > 2 || !isASCII(words[0]) {
		if found, err := r.judgeNote(); err == nil || len(words) > 2 {
			return found, err
		}
	}
	switch {
	case words[0] == "":
		return refused(NotRedirect)
	case len(words) == 2:
		return r.judgeTwo(words[0], words[1])
	}
	switch code := words[0]; Classify(code) {
	case ShapeSellerID, ShapeVendorGroup:
		return Redirect{}, &Error{Kind: NoCode, SellerID: code}
	case ShapeMarketplaceID:
		return refused(NoCode)
	}
	if code, state, ok := strings.Cut(words[0], "#"); ok {
		return r.judgeHash(code, state)
	}
	return r.judgeOne(words[0])
}

// words are the words of the text, the first two without the marks around them.
func (r *reading) words() []string {
	words := strings.Fields(r.text)
	for i, w := range words[:min(len(words), 2)] {
		bare := strings.Trim(w, ",;:!?)]}'\"*|([{「」『』“”‘’«»‹›<>`、。")
		if !isTemplate(w) || looksLikeCode(bare) || Classify(bare) == ShapeSellerID {
			words[i] = bare
		}
	}
	if len(words) == 2 && words[1] == "" {
		words = words[:1]
	}
	return words
}

func refused(kind Kind) (Redirect, error) { return Redirect{}, &Error{Kind: kind} }

// judgeTwo reads a code with its seller ID, in either order, or its state.
func (r *reading) judgeTwo(first, second string) (Redirect, error) {
	for _, w := range [][2]string{{first, second}, {second, first}} {
		if shape := Classify(w[0]); (shape == ShapeSellerID || shape == ShapeVendorGroup) && looksLikeCode(w[1]) {
			r.marks.add(TwoWords)
			return r.result(w[1], w[0], "")
		}
	}
	if !looksLikeCode(first) || !isASCII(second) {
		return r.judgeNote()
	}
	r.marks.add(TwoWords)
	return r.result(first, "", second)
}

// judgeNote reads the one code in a note, and its seller ID. In a sentence, only a
// word that looks like every code seen so far counts.
func (r *reading) judgeNote() (Redirect, error) {
	var codes, sellers []string
	for _, word := range strings.FieldsFunc(r.text, func(c rune) bool {
		return c >= 0x80 || c <= ' ' || strings.ContainsRune(trailing+quotes+"=/([{<>", c)
	}) {
		l, ok := lookAt(word, "")
		switch {
		case ok && len(word) == codeLen && l.digit && l.lower && strings.ToLower(word) != word:
			codes = append(codes, word)
		case Classify(word) == ShapeSellerID:
			sellers = append(sellers, word)
		}
	}
	codes, sellers = slices.Compact(codes), slices.Compact(sellers)
	switch {
	case len(codes) == 0:
		return refused(NotRedirect)
	case len(codes) > 1 || len(sellers) > 1:
		return refused(Ambiguous)
	}
	r.marks.add(BareCode)
	return r.result(codes[0], strings.Join(sellers, ""), "")
}

// judgeHash reads code#state. The "#" itself says what the two are, so that less
// is asked of the look.
func (r *reading) judgeHash(code, state string) (Redirect, error) {
	if len(code) < 3 || len(code) > maxCode || !isASCII(code) || isSample(code) || state == "" || !isASCII(state) {
		return refused(NotRedirect)
	}
	r.marks.add(CodeHashState)
	return r.result(code, "", state)
}

// judgeOne reads a word that may be a code.
func (r *reading) judgeOne(code string) (Redirect, error) {
	short := strings.TrimRight(code, ".")
	switch {
	case isTemplate(code) || isSample(code) || !isASCII(code) && mentionsCode(code):
		return refused(Placeholder)
	case len(code)-len(short) >= 2 && len(short) >= 6 && isAlnum(short) && strings.ToLower(short) != short:
		return refused(Truncated)
	case !looksLikeCode(short):
		return refused(NotRedirect)
	}
	r.marks.add(BareCode)
	return r.result(short, "", "")
}
