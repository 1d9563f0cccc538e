// SellerKey helps small Amazon sellers get the codes and tokens that their
// tools ask for, in their own language, and keeps them safe and fresh.
package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/sellerkey/sellerkey/account"
	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/logs"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/practice"
	"github.com/sellerkey/sellerkey/spapi"
	"github.com/sellerkey/sellerkey/ui"
)

// appID names the program to the system: its settings, its keychain items.
const appID = "app.sellerkey"

// version is set when a release is built.
var version = "dev"

// icon is that of the windows: what a taskbar shows.
//
//go:embed packaging/icons/256.png
var icon []byte

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program: 0 when the window was closed, 1 when it could not open,
// 2 for flags that make no sense.
func run(args []string, stdout, stderr io.Writer) int {
	opt, err := parseFlags(args, stderr)
	switch {
	case err == flag.ErrHelp:
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "sellerkey:", err)
		return 2
	case opt.version:
		fmt.Fprintln(stdout, "SellerKey", version)
		return 0
	}
	if err := open(opt, stderr); err != nil {
		fmt.Fprintln(stderr, "sellerkey:", err)
		return 1
	}
	return 0
}

// options are the flags of the program.
type options struct {
	lang, dataDir, vault, setupFile   string
	practice, version                 bool
	consentOrigin, tokenURL, spapiURL string
}

func parseFlags(args []string, stderr io.Writer) (options, error) {
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
	f.BoolVar(&o.version, "version", false, "print the version and leave")
	if err := f.Parse(args); err != nil {
		if err == flag.ErrHelp {
			f.SetOutput(stderr)
			f.PrintDefaults()
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
func open(o options, stderr io.Writer) error {
	dir := o.dataDir
	if dir == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return err
		}
		dir = filepath.Join(config, "SellerKey")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	logDir := filepath.Join(dir, "logs")
	log, closeLog, err := logs.Open(logDir, stderr)
	if err != nil {
		return err
	}
	defer closeLog()
	if err := logs.KeepCrashes(logDir); err != nil {
		log.Warn("crashes will not be written down", "err", err)
	}

	var window *ui.App
	release, first, err := account.Claim(dir, func() {
		if window != nil {
			window.ComeForward()
		}
	})
	if err != nil {
		log.Warn("a second start cannot bring this window to the front", "err", err)
	}
	if !first {
		return nil
	}
	defer release()

	settings := ui.LoadSettings(dir)
	switch {
	case o.lang != "":
		settings.Lang = o.lang
	case settings.Lang == "":
		settings.Lang = i18n.Match(i18n.System()...)
	}

	real, err := realWorld(o, dir, settings.VaultFile)
	if err != nil {
		return err
	}
	// A dock on X11 finds the menu entry of a window by this name. The toolkit
	// would put the title there, which changes from screen to screen.
	if err := os.Setenv("RESOURCE_NAME", appID); err != nil {
		log.Warn("the window has no name for the dock", "err", err)
	}
	fyneApp := app.NewWithID(appID)
	fyneApp.SetIcon(fyne.NewStaticResource("SellerKey.png", icon))
	window, err = ui.NewApp(ui.Deps{
		App:       fyneApp,
		Log:       log,
		Version:   version,
		LogDir:    logDir,
		Now:       time.Now,
		OpenURL:   fyneApp.OpenURL,
		Clipboard: fyneApp.Clipboard(),
		Real:      real,
		Practice: func(words func(lang, id string) string) (*ui.World, error) {
			return practiceWorld(o, dir, words)
		},
		Settings: settings,
		Remember: func(s ui.Settings) {
			if err := s.Save(dir); err != nil {
				log.Error("saving the settings", "err", err)
			}
		},
	})
	if err != nil {
		return err
	}
	if o.practice {
		window.StartPractice()
	}
	if o.setupFile != "" {
		window.OpenSetup(o.setupFile)
	}
	window.Run()
	return nil
}

func vault(o options, service string) account.Vault {
	if o.vault == "memory" {
		return account.NewMemory()
	}
	return account.NewKeychain(service)
}

// realWorld is Amazon itself, or what the flags for tests put in its place.
func realWorld(o options, dir string, vaultFile bool) (*ui.World, error) {
	slot := account.NewSlot(nil)
	if o.vault == "memory" || !vaultFile {
		slot.Use(vault(o, account.Service))
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
		VaultFile:     filepath.Join(dir, "secrets.age"),
	}, nil
}

// practiceWorld starts the pretend Amazon. Its accounts have a folder and
// keychain items of their own.
func practiceWorld(o options, dir string, words func(lang, id string) string) (*ui.World, error) {
	server := practice.New(practice.Options{Now: time.Now, Words: words})
	if err := server.Start("127.0.0.1:0"); err != nil {
		return nil, err
	}
	store, err := account.Open(filepath.Join(dir, "practice"), vault(o, account.PracticeService), time.Now)
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
