package paste

// ParseRedirect reads the redirect address out of a pasted text, however damaged
// it is. Every error is a [*Error] that says what the text is instead.
//
// It takes time and memory in proportion to the length of the text, and
// refuses more than 64 KiB unread. Four steps follow each other: clean takes off
// the accidents of copying (wrap.go, clean.go), findAddresses finds addresses and
// reads their parameters (reading.go), readLabels does so for tables and JSON
// (label.go), and judge decides what it all amounts to (judge.go; bare.go where no
// address says anything).
func ParseRedirect(text string) (Redirect, error) {
	if len(text) > maxPaste {
		return Redirect{}, &Error{Kind: TooLarge}
	}
	r := reading{}
	r.text, r.lines = clean(text, &r.marks)
	if r.text == "" {
		return Redirect{}, &Error{Kind: Empty}
	}
	r.findAddresses(r.text)
	if !r.hasCode() {
		r.readLabels()
	}
	return r.judge()
}
