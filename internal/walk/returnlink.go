package walk

import (
	"net/url"
	"strings"

	"github.com/sellerkey/sellerkey/internal/paste"
)

// ReturnScheme is the scheme of the links with which the return page
// (docs/return.html) brings a code back: sellerkey://return?spapi_oauth_code=…
const ReturnScheme = "sellerkey"

// maxReturnLink is the longest link that is read, in bytes. A real one has a few
// hundred.
const maxReturnLink = 8 << 10

// IsReturnLink reports whether an argument of the program is a link, good or bad,
// and not the path of a file.
func IsReturnLink(arg string) bool {
	n := len(ReturnScheme)
	return len(arg) > n && strings.EqualFold(arg[:n], ReturnScheme) && arg[n] == ':'
}

// ComesBack reports whether the page at the redirect URI brings the code back by a
// link, as far as the owner of the app or a provider's setup file says.
func (w *Walk) ComesBack() bool { return w.ReturnPage || w.setup != nil && w.setup.ReturnPage }

// Returned says what a link that came back is for the walk.
type Returned string

// What it can be. Only ReturnTaken changes the walk.
const (
	// ReturnTaken: the walk has its code.
	ReturnTaken Returned = "taken"
	// ReturnAsk: it fits, but its state is a guide's fixed one, which anybody may
	// know. A person has to say that they expect it.
	ReturnAsk Returned = "ask"
	// ReturnAgain: the walk has this very code already.
	ReturnAgain Returned = "again"
	// ReturnNotExpected: no attempt waits for a code.
	ReturnNotExpected Returned = "not_expected"
	// ReturnOther: its state isn't that of the attempt.
	ReturnOther Returned = "other"
	// ReturnUnknown: it isn't a link of the return page, or brings no code.
	ReturnUnknown Returned = "unknown"
)

// TakeReturn reads a link as it would read its query if that was pasted, and
// takes the code if the walk waits for one with this state. confirmed is the
// answer to ReturnAsk. A nil walk expects nothing. Any program and any web page
// can send a link.
func (w *Walk) TakeReturn(link string, confirmed bool) Returned {
	query, ok := returnQuery(link)
	if !ok {
		return ReturnUnknown
	}
	r, err := paste.ParseRedirect(query)
	switch {
	case err != nil:
		return ReturnUnknown
	case w == nil:
		return ReturnNotExpected
	case w.read && r.Code.Equal(w.redirect.Code):
		return ReturnAgain
	case w.read || w.accepted || w.issued == "" || !w.CanGoTo(StepPaste):
		return ReturnNotExpected
	case r.CheckState(w.issued) != nil:
		return ReturnOther
	case w.issued == w.app.State && !confirmed:
		return ReturnAsk
	}
	_ = w.ReadPaste(query) // checked above
	w.step = StepPaste
	return ReturnTaken
}

// returnQuery is the query of a link of the return page. Windows may put a slash
// before it.
func returnQuery(link string) (string, bool) {
	if !IsReturnLink(link) || len(link) > maxReturnLink {
		return "", false
	}
	for i := range len(link) {
		if link[i] <= ' ' || link[i] > '~' {
			return "", false
		}
	}
	u, err := url.Parse(link)
	if err != nil || !strings.EqualFold(u.Host, "return") || u.User != nil || u.Path != "" && u.Path != "/" ||
		u.RawQuery == "" || u.Fragment != "" {
		return "", false
	}
	return u.RawQuery, true
}
