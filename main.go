// SellerKey helps Amazon sellers get the codes and tokens that their tools ask
// for, in their own language, and keeps them safe and fresh.
package main

import (
	"context"
	_ "embed"
	stdlog "log"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/instance"
	"github.com/sellerkey/sellerkey/internal/logs"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// icon is what a taskbar shows.
//
//go:embed packaging/icons/256.png
var icon []byte

// returnPage is what providers and owners of an app publish.
//
//go:embed docs/return.html
var returnPage []byte

func main() {
	messages := native.NewMessages()
	if messages.Box == nil {
		messages.Window = ownWindow
	}
	os.Exit(run(os.Args[1:], messages))
}

// run is the program; it returns the exit code.
func run(args []string, messages native.Messages) int {
	opt, err := parseFlags(args)
	switch {
	case err != nil:
		messages.Error("sellerkey: " + err.Error())
		return exitUsage
	case opt.help != "":
		messages.Error(opt.help)
		return exitDone
	case opt.version:
		messages.Print(version.Text("SellerKey"))
		return exitDone
	case opt.forget:
		return forget(opt, messages)
	}
	dir, err := dataDir(opt)
	if err == nil {
		err = disk.MakePrivate(dir, "accounts.json", "instance.lock")
	}
	settings := shell.LoadSettings(dir)
	settings.Lang = firstLanguage(opt, settings.Lang)
	if err == nil {
		err = open(opt, dir, settings, messages)
	}
	if err != nil {
		refuse(messages, &startError{cause: err, dir: dir, lang: settings.Lang, cli: export.CLI(opt.dataDir)})
		return exitFailed
	}
	return exitDone
}

// open shows the window until it is closed.
func open(o options, dir string, settings shell.Settings, messages native.Messages) error {
	resting := debug.SetGCPercent(shell.DrawingGC) // until the first screen is drawn
	logDir := filepath.Join(dir, logFolder)
	log, closeLog, err := logs.Open(logDir, os.Stderr)
	if err != nil {
		return err
	}
	defer closeLog()
	if err := logs.KeepCrashes(logDir); err != nil {
		log.Warn("crashes won't be logged", "err", err)
	}

	starts := newLaterStarts()
	release, first, err := instance.Claim(dir, o.open, starts.add)
	switch {
	case !first:
		return err // nil: the window that is open already has come forward
	case err != nil:
		log.Warn("a second start cannot bring this window to the front", "err", err)
	}
	defer release()

	if found, ok := native.OpenGL(); ok && !native.Draws(found) {
		log.Error("no window can be drawn", "opengl", found)
		return noOpenGL(found)
	}
	exports := export.Files{Dir: dir}
	if err := exports.Sweep(); err != nil {
		log.Error("removing what a crash left of an export", "err", err)
	}
	real, err := realEnvironment(o, dir)
	if err != nil {
		return err
	}
	// On X11 the dock finds the menu entry of a window by this name. The toolkit
	// would use the title, which changes from screen to screen.
	if err := os.Setenv("RESOURCE_NAME", appID); err != nil {
		log.Warn("the dock won't know the window", "err", err)
	}
	toolkit := &toolkitLog{to: os.Stderr, noWindow: func(cause string) {
		log.Error("no window can be drawn", "cause", cause)
		refuse(messages, &startError{cause: noOpenGL(cause), dir: dir, lang: settings.Lang, cli: export.CLI(o.dataDir)})
		os.Exit(exitFailed)
	}}
	stdlog.SetOutput(toolkit)
	fyneApp := app.NewWithID(appID)
	fyneApp.Lifecycle().SetOnStarted(func() { toolkit.drawn.Store(true) })
	fyneApp.SetIcon(fyne.NewStaticResource("SellerKey.png", icon))
	kit.LoadFonts(fyneApp, settings.Appearance, settings.TextSize)
	window, err := ui.NewApp(ui.Deps{
		Config: shell.Config{
			App:       fyneApp,
			Log:       log,
			Now:       time.Now,
			OpenURL:   fyneApp.OpenURL,
			Clipboard: fyneApp.Clipboard(),
			Desktop:   askDesktop(),
			RestingGC: resting,
			Settings:  settings,
			Remember: func(s shell.Settings) {
				if err := s.Save(dir); err != nil {
					log.Error("saving the settings", "err", err)
				}
			},
			Exit: func() {
				release()
				closeLog()
				os.Exit(0)
			},
		},
		Version: version.Number(),
		LogDir:  logDir,
		Exports: exports,

		ChooseFile: native.ChooseFile,
		CLI:        export.CLI(o.dataDir),
		Doctor:     func(ctx context.Context) []doctor.Line { return doctor.Run(ctx, doctorDeps(o, dir)) },
		ReturnPage: returnPage,
		Links:      links(),
		Real:       real,
		Practice: func(home lwa.Marketplace, words func(lang, id string) string) (*ui.Environment, error) {
			return practiceEnvironment(o, dir, home, words)
		},
	})
	if err != nil {
		return err
	}
	if o.practice {
		window.StartPractice()
	}
	if o.open != "" {
		window.OpenArgument(o.open)
	}
	starts.passTo(window)
	window.Run()
	return nil
}

// laterStarts are starts of the program while it runs, each with what it was
// given to open or "". Those before the window is there wait for it, the first
// eight of them: a caller that is kept waiting would say that SellerKey doesn't
// answer, and web pages can start the program as often as they like.
type laterStarts struct {
	ready  chan struct{}
	window *ui.App // once ready is closed
	early  chan string
}

func newLaterStarts() *laterStarts {
	return &laterStarts{ready: make(chan struct{}), early: make(chan string, 8)}
}

// add reports whether the window takes the start; it doesn't when it is closing.
func (s *laterStarts) add(arg string) bool {
	select {
	case <-s.ready:
		return s.window.StartedAgain(arg)
	default:
	}
	select {
	case s.early <- arg:
	default:
	}
	return true
}

func (s *laterStarts) passTo(window *ui.App) {
	s.window = window
	close(s.ready)
	go func() {
		for arg := range s.early {
			window.StartedAgain(arg)
		}
	}()
}

// askDesktop gives a desktop that is just starting up a moment to answer.
func askDesktop() native.Desktop {
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	return native.AskDesktop(ctx)
}
