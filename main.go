// SellerKey helps small Amazon sellers get the codes and tokens that their
// tools ask for, in their own language, and keeps them safe and fresh.
package main

import (
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/logs"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui"
)

// appID names the program to the system: its settings, its keychain items.
const appID = "app.sellerkey"

// What is in the data folder beside the list of accounts and the settings.
const (
	vaultFileName  = "secrets.age"
	practiceFolder = "practice"
	logFolder      = "logs"
)

// version is set when a release is built.
var version = "dev"

// icon is that of the windows: what a taskbar shows.
//
//go:embed packaging/icons/256.png
var icon []byte

// What the program ends with.
const (
	exitDone   = 0
	exitFailed = 1 // the window could not open, something could not be removed
	exitUsage  = 2 // flags that make no sense
	exitInUse  = 3 // another window is open
)

func main() {
	voice := native.NewVoice()
	if voice.Box == nil {
		voice.Window = ownWindow
	}
	os.Exit(run(os.Args[1:], voice))
}

// run is the program; it returns the exit code.
func run(args []string, voice native.Voice) int {
	opt, err := parseFlags(args)
	var help helpText
	switch {
	case errors.As(err, &help):
		voice.Complain(string(help))
		return exitDone
	case err != nil:
		voice.Complain("sellerkey: " + err.Error())
		return exitUsage
	case opt.version:
		voice.Say("SellerKey " + version)
		return exitDone
	case opt.forget:
		return forget(opt, voice)
	}
	if err := open(opt); err != nil {
		err.tell(voice)
		return exitFailed
	}
	return exitDone
}

// options are the flags of the program.
type options struct {
	lang, dataDir, vault, setupFile   string
	practice, version, forget         bool
	consentOrigin, tokenURL, spapiURL string
}

// helpText is what -help asks for.
type helpText string

func (helpText) Error() string { return "help was asked for" }

func parseFlags(args []string) (options, error) {
	var o options
	f := flag.NewFlagSet("sellerkey", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&o.lang, "lang", "", "language of the window: en, ja or pt-BR")
	f.BoolVar(&o.practice, "practice", false, "begin in practice mode")
	f.StringVar(&o.dataDir, "data-dir", "", "folder for the files that are not secret")
	f.StringVar(&o.vault, "vault", "keychain", "where secrets are kept: keychain, or memory (until the window closes)")
	f.StringVar(&o.consentOrigin, "consent-origin", "", "tests only: where the permission page is (loopback)")
	f.StringVar(&o.tokenURL, "token-url", "", "tests only: the token endpoint (loopback)")
	f.StringVar(&o.spapiURL, "sp-api-url", "", "tests only: the SP-API endpoint (loopback)")
	f.BoolVar(&o.forget, "forget-everything", false, "remove all saved accounts, their keychain items and the settings, and leave")
	f.BoolVar(&o.version, "version", false, "print the version and leave")
	if err := f.Parse(args); err != nil {
		if err == flag.ErrHelp {
			var text strings.Builder
			f.SetOutput(&text)
			f.PrintDefaults()
			return o, helpText(strings.TrimSuffix(text.String(), "\n"))
		}
		return o, err
	}
	// A setup file, as a double-click on one gives it.
	switch f.NArg() {
	case 0:
	case 1:
		o.setupFile = f.Arg(0)
	default:
		return o, fmt.Errorf("one setup file at a time, please; %d were given", f.NArg())
	}
	if o.lang != "" && !spoken(o.lang) {
		return o, fmt.Errorf("-lang %q: en, ja and pt-BR are there", o.lang)
	}
	if o.vault != "keychain" && o.vault != "memory" {
		return o, fmt.Errorf("-vault %q: keychain and memory are there", o.vault)
	}
	for name, value := range map[string]string{
		"consent-origin": o.consentOrigin, "token-url": o.tokenURL, "sp-api-url": o.spapiURL,
	} {
		if value != "" && !isLoopback(value) {
			return o, fmt.Errorf("-%s: only addresses of this computer (127.0.0.1, localhost, ::1) are taken", name)
		}
	}
	return o, nil
}

func spoken(tag string) bool {
	for _, l := range i18n.Languages() {
		if l.Tag == tag {
			return true
		}
	}
	return false
}

// isLoopback reports whether an http(s) address is one of this computer. A
// token endpoint elsewhere would be a way to steal secrets by a shortcut on
// somebody's desktop.
func isLoopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || (u.Scheme != "http" && u.Scheme != "https") {
		return false
	}
	if u.Hostname() == "localhost" {
		return true
	}
	ip := net.ParseIP(u.Hostname())
	return ip != nil && ip.IsLoopback()
}

// open wires the program together and shows its window until it is closed.
func open(o options) *startError {
	dir, err := dataDir(o)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return &startError{cause: err, dir: dir, lang: firstLanguage(o, "")}
	}
	settings := ui.LoadSettings(dir)
	settings.Lang = firstLanguage(o, settings.Lang)
	fail := func(err error) *startError { return &startError{cause: err, dir: dir, lang: settings.Lang} }

	logDir := filepath.Join(dir, logFolder)
	log, closeLog, err := logs.Open(logDir, os.Stderr)
	if err != nil {
		return fail(err)
	}
	defer closeLog()
	if err := logs.KeepCrashes(logDir); err != nil {
		log.Warn("crashes will not be written down", "err", err)
	}

	// Later starts are heard from here on. Those before there is a window are kept for it.
	var window *ui.App
	ready, early := make(chan struct{}), make(chan string, 8)
	release, first, err := account.Claim(dir, o.setupFile, func(file string) bool {
		select {
		case <-ready:
			return window.StartedAgain(file)
		default:
			early <- file
			return true
		}
	})
	switch {
	case !first && err != nil:
		return fail(err)
	case !first:
		return nil
	case err != nil:
		log.Warn("a second start cannot bring this window to the front", "err", err)
	}
	defer release()

	if found, ok := native.OpenGL(); ok && !native.Draws(found) {
		log.Error("no window can be drawn", "opengl", found)
		return fail(noOpenGL(found))
	}
	// An encrypted file that is gone is no place to look in.
	vaultFile := filepath.Join(dir, vaultFileName)
	if _, err := os.Stat(vaultFile); errors.Is(err, fs.ErrNotExist) {
		settings.VaultFile = false
	}

	// Both are waited for as late as can be: meanwhile the toolkit reads its fonts.
	type opened struct {
		world *ui.World
		err   error
	}
	opening, asking := make(chan opened, 1), make(chan native.Desktop, 1)
	go func() {
		world, err := realWorld(o, dir, vaultFile, settings.VaultFile)
		opening <- opened{world, err}
	}()
	go func() { asking <- askDesktop() }()
	// A dock on X11 finds the menu entry of a window by this name. The toolkit
	// would put the title there, which changes from screen to screen.
	if err := os.Setenv("RESOURCE_NAME", appID); err != nil {
		log.Warn("the window has no name for the dock", "err", err)
	}
	fyneApp := app.NewWithID(appID)
	fyneApp.SetIcon(fyne.NewStaticResource("SellerKey.png", icon))
	ui.LoadFonts(fyneApp, settings)
	window, err = ui.NewApp(ui.Deps{
		App:       fyneApp,
		Log:       log,
		Version:   version,
		LogDir:    logDir,
		Now:       time.Now,
		OpenURL:   fyneApp.OpenURL,
		Clipboard: fyneApp.Clipboard(),
		Real: func() (*ui.World, error) {
			real := <-opening
			return real.world, real.err
		},
		Practice: func(home lwa.Marketplace, words func(lang, id string) string) (*ui.World, error) {
			return practiceWorld(o, dir, home, words)
		},
		Desktop: <-asking,
		Exit: func() {
			release()
			closeLog()
			os.Exit(0)
		},
		// A new screen leaves a few megabytes behind. To collect them while it is
		// drawn takes as long as drawing; two seconds later nobody waits for it.
		AtRest:   debug.FreeOSMemory,
		Settings: settings,
		Remember: func(s ui.Settings) {
			if err := s.Save(dir); err != nil {
				log.Error("saving the settings", "err", err)
			}
		},
	})
	if err != nil {
		return fail(err)
	}
	if o.practice {
		window.StartPractice()
	}
	if o.setupFile != "" {
		window.OpenSetup(o.setupFile)
	}
	close(ready)
	go func() {
		for file := range early {
			window.StartedAgain(file)
		}
	}()
	window.Run()
	return nil
}

// askDesktop waits a moment for the desktop to say what it wants; where it is
// only starting up itself, the window does not wait for it.
func askDesktop() native.Desktop {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	return native.AskDesktop(ctx)
}

// dataDir is the folder for everything that is not secret.
func dataDir(o options) (string, error) {
	if o.dataDir != "" {
		return o.dataDir, nil
	}
	config, err := os.UserConfigDir()
	return filepath.Join(config, "SellerKey"), err
}

// firstLanguage is the language to begin with: that of the flag, of the last
// time, of the system.
func firstLanguage(o options, last string) string {
	switch {
	case o.lang != "":
		return o.lang
	case spoken(last):
		return last
	}
	return i18n.Match(i18n.System()...)
}

func vault(o options, service string) account.Clearer {
	if o.vault == "memory" {
		return account.NewMemory()
	}
	return account.NewKeychain(service)
}

// realWorld is Amazon itself, or what the flags for tests put in its place. Its
// secrets are in the keychain, or locked in the encrypted file.
func realWorld(o options, dir, vaultFile string, locked bool) (*ui.World, error) {
	keychain := vault(o, account.Service)
	slot := account.NewSlot(keychain)
	if o.vault == "memory" {
		vaultFile = "" // whoever wants nothing kept is not offered to keep it
	} else if locked {
		slot.Use(nil)
	}
	store, err := account.Open(dir, slot, time.Now)
	if err != nil {
		return nil, err
	}
	return &ui.World{
		LWA:           &lwa.Client{TokenURL: o.tokenURL},
		SPAPI:         &spapi.Client{BaseURL: o.spapiURL, Version: version},
		ConsentOrigin: o.consentOrigin,
		Store:         store,
		Slot:          slot,
		VaultFile:     vaultFile,
		Keychain:      keychain,
	}, nil
}

// practiceWorld starts the pretend Amazon. Its accounts have a folder and
// keychain items of their own.
func practiceWorld(o options, dir string, home lwa.Marketplace, words func(lang, id string) string) (*ui.World, error) {
	server := practice.New(practice.Options{Now: time.Now, Home: home, Words: words})
	if err := server.Start("127.0.0.1:0"); err != nil {
		return nil, err
	}
	store, err := account.Open(filepath.Join(dir, practiceFolder), vault(o, account.PracticeService), time.Now)
	if err != nil {
		return nil, err
	}
	sample := server.Sample()
	return &ui.World{
		LWA:             &lwa.Client{TokenURL: server.TokenURL()},
		SPAPI:           &spapi.Client{BaseURL: server.SPAPIURL(), Version: version},
		ConsentOrigin:   server.Origin(),
		RegistrationURL: server.RegistrationURL(),
		Store:           store,
		Sample:          &sample,
	}, nil
}
