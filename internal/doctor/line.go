package doctor

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/vault"
)

// Check is one of the things that are checked. Its value is a stable identifier
// and the key of its name (doctor.check.<check>).
type Check string

// The checks, in the order of the lines.
const (
	Keychain Check = "keychain"
	Folder   Check = "folder"
	Amazon   Check = "amazon"
	Clock    Check = "clock"
	Proxy    Check = "proxy"
	Browser  Check = "browser"
	Window   Check = "window"
	Program  Check = "program"
	System   Check = "system"
)

// Result says how a check ended. Its value is a stable identifier and the key of
// its word (doctor.result.<result>).
type Result string

// The results.
const (
	Good Result = "good"
	// Bad: the line says what to do.
	Bad Result = "bad"
	// Unknown: it can't be told here, or doesn't matter here.
	Unknown Result = "unknown"
)

// Line is the outcome of a check. It has no secret, no account, and no path but
// that of the usual data folder, below "~".
type Line struct {
	Check  Check
	Result Result
	// Finding is a stable identifier, such as "lwa.offline", and the key of the
	// words; "" if the line only has a name or a number of the system's.
	Finding string
	// About are the hosts or the folder in question; "" for none.
	About string

	plain string
	off   time.Duration // what a clock is off by
}

// remark is a finding with nothing to do: the text doctor.<remark>.
type remark string

const (
	keychainGood  remark = "keychain_good"
	keychainFile  remark = "keychain_file"
	folderGood    remark = "folder_good"
	amazonGood    remark = "amazon_good"
	clockGood     remark = "clock_good"
	clockUnknown  remark = "clock_unknown"
	noProxy       remark = "proxy_none"
	directOnly    remark = "proxy_direct"
	windowShown   remark = "window_shown"
	windowUnknown remark = "window_unknown"
)

// trouble is a finding with something to do: the texts doctor.<trouble>.title and
// doctor.<trouble>.todo. What package lwa, vault, or account finds has words
// already.
type trouble string

const (
	folderShared    trouble = "folder_shared"
	proxyRefuses    trouble = "proxy_refuses"
	proxyUnreadable trouble = "proxy_unreadable"
	noBrowser       trouble = "browser_none"
	noWindow        trouble = "window_none"
)

func ours[F remark | trouble](finding F) string { return "doctor." + string(finding) }

// Text says what was found.
func (l Line) Text(words *i18n.Localizer) string {
	text := l.plain
	switch {
	case words.Has(l.Finding + ".title"):
		text = words.T(l.Finding + ".title")
	case l.Finding != "":
		text = words.T(l.Finding)
	}
	switch {
	case l.off != 0:
		return words.T("doctor.with", "Text", text, "About", words.Span(l.off))
	case l.About != "":
		return words.T("doctor.with", "Text", text, "About", l.About)
	}
	return text
}

// Todo says what to do about it; "" if there is nothing to do.
func (l Line) Todo(words *i18n.Localizer) string {
	switch {
	case l.Result == Good || !words.Has(l.Finding+".todo"):
		return ""
	case l.Finding == "vault."+string(vault.Missing): // that text is for the screen that can't save
		return words.T("doctor.no_keychain.todo")
	}
	return words.T(l.Finding + ".todo")
}

// Text is all lines as plain text, to read in a terminal and to send to support.
func Text(lines []Line, words *i18n.Localizer) string {
	var b strings.Builder
	for _, l := range lines {
		check, result := words.T("doctor.check."+string(l.Check)), words.T("doctor.result."+string(l.Result))
		fmt.Fprintf(&b, "%s\n", words.T("doctor.line", "Check", check, "Result", result, "Text", l.Text(words)))
		if todo := l.Todo(words); todo != "" {
			fmt.Fprintf(&b, "    %s\n", todo)
		}
	}
	return b.String()
}

// Problems are the lines with something to do.
func Problems(lines []Line) []Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.Result != Bad })
}
