package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
)

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // the window didn't open, or something couldn't be removed
	exitUsage  = 2 // bad flags
	exitInUse  = 3 // another window is open
)

// options are the flags of the program.
type options struct {
	lang, dataDir, vault              string
	open                              string // see argument; "" for nothing
	practice, version, forget         bool
	help                              string // the text to show, if asked for
	consentOrigin, tokenURL, spapiURL string
}

func parseFlags(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("sellerkey", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	text := func(to *string, name, value, usage string) {
		*to = value
		f.Var(&once{to: to}, name, usage)
	}
	text(&o.lang, "lang", "", "language of the window: "+strings.Join(i18n.Tags(), ", "))
	f.BoolVar(&o.practice, "practice", false, "start in practice mode")
	text(&o.dataDir, "data-dir", "", "folder for everything but secrets")
	text(&o.vault, "vault", "keychain", "where to keep secrets: keychain, or memory (until the window closes)")
	f.StringVar(&o.consentOrigin, "consent-origin", "", "tests only: origin of the authorization page (loopback)")
	f.StringVar(&o.tokenURL, "token-url", "", "tests only: the token endpoint (loopback)")
	f.StringVar(&o.spapiURL, "sp-api-url", "", "tests only: the SP-API endpoint (loopback)")
	f.BoolVar(&o.forget, "forget-everything", false, "remove all saved accounts, their keychain items and the settings, then exit")
	f.BoolVar(&o.version, "version", false, "print the version and where to find newer ones, then exit")
	if err := f.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			var text strings.Builder
			f.SetOutput(&text)
			f.PrintDefaults()
			o.help = strings.TrimSuffix(text.String(), "\n")
			return o, nil
		}
		return o, err
	}
	var twice error
	f.Visit(func(given *flag.Flag) {
		if v, ok := given.Value.(*once); ok && v.twice {
			twice = fmt.Errorf("-%s is there twice, with different values", given.Name)
		}
	})
	if twice != nil {
		return o, twice
	}
	switch f.NArg() {
	case 0:
	case 1:
		o.open = argument(f.Arg(0))
	default:
		return o, fmt.Errorf("one setup file at a time; got %d", f.NArg())
	}
	if o.lang != "" && !spoken(o.lang) {
		return o, fmt.Errorf("unknown language %q: use one of %s", o.lang, strings.Join(i18n.Tags(), ", "))
	}
	if o.vault != "keychain" && o.vault != "memory" {
		return o, fmt.Errorf("unknown vault %q: use keychain or memory", o.vault)
	}
	for name, value := range map[string]string{
		"consent-origin": o.consentOrigin, "token-url": o.tokenURL, "sp-api-url": o.spapiURL,
	} {
		if value != "" && !isLocal(value) {
			return o, fmt.Errorf("-%s: must be an address of this computer (127.0.0.1, localhost, ::1)", name)
		}
	}
	return o, nil
}

// once is the text of a flag. A second, different one is noticed: of two data
// folders, nobody could know which is meant.
type once struct {
	to         *string
	set, twice bool
}

func (o *once) String() string {
	if o.to == nil { // package flag asks the zero value
		return ""
	}
	return *o.to
}

func (o *once) Set(s string) error {
	o.twice = o.twice || o.set && s != *o.to
	*o.to, o.set = s, true
	return nil
}

// argument reads what systems give the program to open: the path of a setup
// file, as a file: URL from some Linux desktops, or a link of the return page.
// The path becomes absolute, because the running program may have been started
// in another folder.
func argument(arg string) string {
	const enough = 64 << 10 // no link that is as long will be read
	if walk.IsReturnLink(arg) {
		return arg[:min(len(arg), enough)]
	}
	if u, err := url.Parse(arg); err == nil && u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") {
		arg = filepath.FromSlash(u.Path)
	}
	if full, err := filepath.Abs(arg); err == nil {
		return full
	}
	return arg
}

func spoken(tag string) bool {
	for _, l := range i18n.Languages() {
		if l.Tag == tag {
			return true
		}
	}
	return false
}

// isLocal reports whether an http(s) address is on this computer. Otherwise a
// shortcut with another token endpoint could steal secrets.
func isLocal(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.User == nil && (u.Scheme == "http" || u.Scheme == "https") && lwa.IsLoopback(u.Hostname())
}

// dataDir is the folder for everything but secrets.
func dataDir(o options) (string, error) {
	if o.dataDir != "" {
		return o.dataDir, nil
	}
	config, err := os.UserConfigDir()
	return filepath.Join(config, "SellerKey"), err
}

// firstLanguage is the language to start with: from the flag, the last time, or
// the system.
func firstLanguage(o options, last string) string {
	switch {
	case o.lang != "":
		return o.lang
	case spoken(last):
		return last
	}
	return i18n.Match(i18n.System()...)
}
