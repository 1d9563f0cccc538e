package ui

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/doctor"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/practice/practicetest"
	"github.com/sellerkey/sellerkey/internal/spapi"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// The tests of this package drive the window as a seller does: they press what
// can be read, type into the field under a label, and look at the words on the
// screen. Amazon is the pretend one of package practice, the vault is memory,
// and the clock stands still until a test moves it.

// patience ends a test that waits for something that does not come. It is no
// statement about how long anything takes.
const patience = 2 * time.Minute

// harness is a window with everything around it.
type harness struct {
	t      testing.TB
	a      *App
	queue  *queue
	clock  *practicetest.Clock
	amazon *practice.Server
	// rehearsal is the server behind practice mode.
	rehearsal *practice.Server
	vault     *testVault
	clip      fyne.Clipboard
	dir       string

	// opened are the addresses that the browser was asked to open.
	opened     []*url.URL
	openErr    error
	remembered []shell.Settings
	// computer changes what "Check this computer" finds.
	computer func(*doctor.Deps)
	real     *Environment
}

// newHarness opens the window in a language with no account saved.
func newHarness(t testing.TB, lang string) *harness {
	t.Helper()
	h := &harness{t: t, clock: practicetest.NewClock(), vault: &testVault{Memory: vault.NewMemory()}, dir: t.TempDir()}
	words, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	h.amazon = practicetest.Start(t, practice.Options{Now: h.clock.Now, Words: func(_, id string) string { return words.T(id) }})
	h.start(shell.Settings{Lang: lang})
	return h
}

// start opens the program's window; after [harness.quit] it opens it again.
func (h *harness) start(settings shell.Settings) {
	h.t.Helper()
	// Not a temporary app: what comes late from the background must find a
	// queue, and not run next to the next test.
	inner := test.NewApp()
	h.queue = &queue{Driver: inner.Driver(), wake: make(chan struct{}, 1)}
	app := &queuedApp{App: inner, queue: h.queue}
	fyne.SetCurrentApp(app)
	h.clip = inner.Clipboard()

	var present vault.Vault = h.vault
	file := filepath.Join(h.dir, "real", "secrets.age")
	inFile := vault.FileAt(file)
	if inFile {
		present = nil
	}
	h.real = h.environment(h.amazon, filepath.Join(h.dir, "real"), present)
	h.real.Keychain, h.real.VaultFile, h.real.InFile = h.vault, file, inFile
	a, err := NewApp(Deps{
		Config: shell.Config{
			App: app,
			Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
			Now: h.clock.Now,
			OpenURL: func(u *url.URL) error {
				h.opened = append(h.opened, u)
				return h.openErr
			},
			Clipboard: h.clip,
			Settings:  settings,
			Remember:  func(s shell.Settings) { h.remembered = append(h.remembered, s) },
		},
		Exports:    export.Files{Dir: h.dir},
		CLI:        []string{"sellerkey-cli"},
		Version:    "test",
		ReturnPage: []byte("<!DOCTYPE html>"),
		Doctor:     h.doctor,
		Real:       h.real,
		Practice: func(home lwa.Marketplace, words func(lang, id string) string) (*Environment, error) {
			h.rehearsal = practicetest.Start(h.t, practice.Options{Now: h.clock.Now, Home: home})
			env := h.environment(h.rehearsal, filepath.Join(h.dir, "practice"), vault.NewMemory())
			sample, sandbox := h.rehearsal.Sample(), h.rehearsal.Sandbox()
			env.SPAPI.BaseURL = h.rehearsal.RegionsURL()
			env.Sample, env.SandboxSample, env.RegistrationURL, env.MakeSecret = &sample, &sandbox, h.rehearsal.RegistrationURL(), h.rehearsal.RotateSecret
			return env, nil
		},
	})
	if err != nil {
		h.t.Fatal(err)
	}
	h.a = a
	a.Win.Show()
	h.settle()
	h.t.Cleanup(func() {
		a.ClearClipboard()
		h.finish(a)
	})
}

// doctor checks a computer where all is well but for what the test changes.
func (h *harness) doctor(ctx context.Context) []doctor.Line {
	d := doctor.Deps{
		Dir: h.dir, DefaultDir: h.dir, Vault: h.vault, Version: "test", Shown: true,
		HTTP:  &http.Client{Transport: answering{}}, // the pretend Amazon has another port each time
		Proxy: func(*http.Request) (*url.URL, error) { return nil, nil },
		Computer: func(context.Context) native.Computer {
			return native.Computer{System: "Debian GNU/Linux 13 (trixie), GNOME, wayland", Browser: "firefox.desktop", Display: true}
		},
		OpenGL:      func() (string, bool) { return "", false },
		CheckFolder: func(string) error { return nil },
	}
	if h.computer != nil {
		h.computer(&d)
	}
	return doctor.Run(ctx, d)
}

// answering answers as Amazon does to a request without a token.
type answering struct{}

func (answering) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusForbidden, Body: io.NopCloser(strings.NewReader(`{"errors":[]}`)),
		Header: http.Header{"Date": {time.Now().UTC().Format(http.TimeFormat)}},
	}, nil
}

// finish ends what is under way, so that nothing outlives its test.
func (h *harness) finish(a *App) {
	for {
		a.Stop()
		if todo := h.queue.take(); len(todo) > 0 {
			for _, f := range todo {
				f()
			}
			continue
		}
		return
	}
}

func (h *harness) environment(s *practice.Server, dir string, v vault.Vault) *Environment {
	h.t.Helper()
	store, err := account.Open(dir, v, h.clock.Now)
	if err != nil {
		h.t.Fatal(err)
	}
	return &Environment{
		LWA:           &lwa.Client{TokenURL: s.TokenURL()},
		SPAPI:         &spapi.Client{BaseURL: s.SPAPIURL(), Version: "test"},
		ConsentOrigin: s.Origin(),
		Store:         store,
	}
}

// quit closes the window; the disk and the vault stay.
func (h *harness) quit() {
	h.t.Helper()
	h.a.Close()
	h.finish(h.a)
}

// testVault is memory that can be told to refuse.
type testVault struct {
	*vault.Memory
	mu      sync.Mutex
	refuses vault.Kind
	calls   int
	// never is a value that isn't taken the nth time, and from then on.
	never lwa.Secret
	nth   int
}

// asked is how often the vault was asked for anything.
func (v *testVault) asked() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.calls
}

func (v *testVault) refuse(k vault.Kind) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refuses = k
}

func (v *testVault) trouble(op string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.calls++
	if v.refuses == "" {
		return nil
	}
	return &vault.Error{Op: op, Kind: v.refuses}
}

func (v *testVault) Get(ctx context.Context, key string) (lwa.Secret, error) {
	if err := v.trouble("get"); err != nil {
		return lwa.Secret{}, err
	}
	return v.Memory.Get(ctx, key)
}

func (v *testVault) Set(ctx context.Context, key string, s lwa.Secret) error {
	if err := v.trouble("set"); err != nil {
		return err
	}
	if v.unwanted(s) {
		return &vault.Error{Op: "set", Kind: vault.Locked}
	}
	return v.Memory.Set(ctx, key, s)
}

func (v *testVault) Delete(ctx context.Context, key string) error {
	if err := v.trouble("delete"); err != nil {
		return err
	}
	return v.Memory.Delete(ctx, key)
}

// queuedApp and queue bring what the background sends by fyne.Do back to the
// goroutine of the test, as the real driver does; Fyne's test driver runs it
// wherever it happens to be.
type queuedApp struct {
	fyne.App
	queue *queue
}

func (a *queuedApp) Driver() fyne.Driver { return a.queue }

type queue struct {
	fyne.Driver
	mu   sync.Mutex
	todo []func()
	wake chan struct{}

	searching bool // only the test's goroutine
}

func (q *queue) DoFromGoroutine(f func(), wait bool) {
	done := make(chan struct{})
	q.mu.Lock()
	q.todo = append(q.todo, func() {
		defer close(done)
		f()
	})
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
	if wait {
		<-done
	}
}

func (q *queue) take() []func() {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.todo
	q.todo = nil
	return all
}

// CanvasForObject looks the window up where there are several; the test driver
// takes the last one.
func (q *queue) CanvasForObject(o fyne.CanvasObject) fyne.Canvas {
	if c, _, ok := q.find(o); ok {
		return c
	}
	return q.Driver.CanvasForObject(o)
}

// AbsolutePositionForObject is where an object is in its own window.
func (q *queue) AbsolutePositionForObject(o fyne.CanvasObject) fyne.Position {
	if _, pos, ok := q.find(o); ok {
		return pos
	}
	return q.Driver.AbsolutePositionForObject(o)
}

func (q *queue) find(o fyne.CanvasObject) (fyne.Canvas, fyne.Position, bool) {
	// The first is a window of the test driver's own. What is looked at may be
	// drawn for the first time, and asks in its turn.
	windows := q.AllWindows()[1:]
	if len(windows) < 2 || q.searching {
		return nil, fyne.Position{}, false
	}
	q.searching = true
	defer func() { q.searching = false }()
	for _, w := range windows {
		for _, root := range append(w.Canvas().Overlays().List(), w.Canvas().Content()) {
			if root == nil {
				continue
			}
			if pos, ok := positionIn(root, o, fyne.Position{}); ok {
				return w.Canvas(), pos, true
			}
		}
	}
	return windows[0].Canvas(), fyne.Position{}, true
}

func positionIn(root, o fyne.CanvasObject, at fyne.Position) (fyne.Position, bool) {
	at = at.Add(root.Position())
	if root == o {
		return at, true
	}
	for _, child := range childrenOf(root) {
		if pos, ok := positionIn(child, o, at); ok {
			return pos, true
		}
	}
	return fyne.Position{}, false
}

func childrenOf(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// drain runs what the background sent.
func (h *harness) drain() {
	for {
		todo := h.queue.take()
		if len(todo) == 0 {
			return
		}
		for _, f := range todo {
			f()
		}
	}
}

// settle runs what is waiting and lays the window out again, which the real
// driver does before every frame.
func (h *harness) settle() {
	h.drain()
	for _, w := range h.queue.AllWindows()[1:] {
		for range 2 {
			for _, root := range append(w.Canvas().Overlays().List(), w.Canvas().Content()) {
				if root != nil {
					layOut(root)
				}
			}
		}
	}
}

func layOut(o fyne.CanvasObject) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, o.Size())
		}
	case fyne.Widget:
		test.WidgetRenderer(o).Layout(o.Size())
	}
	for _, child := range childrenOf(o) {
		layOut(child)
	}
}

// until waits for the background.
func (h *harness) until(what string, ok func() bool) {
	h.t.Helper()
	end := time.NewTimer(patience)
	defer end.Stop()
	for {
		h.settle()
		if ok() {
			return
		}
		select {
		case <-h.queue.wake:
		case <-end.C:
			h.t.Fatalf("waited in vain for %s; the window says:\n%s", what, h.screen())
		}
	}
}

// pass lets time go by, with the window's once-a-second tick at its end.
func (h *harness) pass(d time.Duration) {
	h.clock.Pass(d)
	h.a.Tick()
	h.settle()
}

// placed is an object where it lies in its window.
type placed struct {
	object  fyne.CanvasObject
	area    area
	clip    area // what of it can be seen: the window, and the scrollers around it
	parents []fyne.CanvasObject
	around  []area // where the parents are
}

type area struct{ x1, y1, x2, y2 float32 }

func areaOf(p fyne.Position, s fyne.Size) area { return area{p.X, p.Y, p.X + s.Width, p.Y + s.Height} }

func (a area) cut(b area) area {
	return area{max(a.x1, b.x1), max(a.y1, b.y1), min(a.x2, b.x2), min(a.y2, b.y2)}
}

func (a area) inside(b area, tolerance float32) bool {
	return a.x1 >= b.x1-tolerance && a.y1 >= b.y1-tolerance && a.x2 <= b.x2+tolerance && a.y2 <= b.y2+tolerance
}

func (a area) String() string { return fmt.Sprintf("(%.0f,%.0f)-(%.0f,%.0f)", a.x1, a.y1, a.x2, a.y2) }

// journey is the walk on the screen.
func (h *harness) journey() *journey {
	h.t.Helper()
	j, ok := h.a.Screen().About.(*journey)
	if !ok {
		h.t.Fatalf("not in a walk; the window says:\n%s", h.screen())
	}
	return j
}

// accounts is the list of accounts on the screen, and the field that searches it
// if there is one.
func (h *harness) accounts() (list *accountList, search *kit.Entry) {
	h.t.Helper()
	list, ok := h.a.Screen().Focus.(*accountList)
	if !ok {
		h.t.Fatalf("not the list of accounts; the window says:\n%s", h.screen())
	}
	for _, p := range h.objects() {
		if e, ok := p.object.(*kit.Entry); ok {
			search = e
		}
	}
	return list, search
}

// objectsOf lists what shows in a window, in reading order of the tree: of its
// topmost question or menu if there is one, else of its page.
func objectsOf(c fyne.Canvas) []placed {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var all []placed
	var visit func(o fyne.CanvasObject, at fyne.Position, clip area, parents []fyne.CanvasObject, around []area)
	visit = func(o fyne.CanvasObject, at fyne.Position, clip area, parents []fyne.CanvasObject, around []area) {
		if o == nil || !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		here := areaOf(at, o.Size())
		all = append(all, placed{o, here, clip, parents, around})
		switch o.(type) {
		case fyne.Scrollable, *container.Clip:
			clip = clip.cut(here)
		}
		parents, around = append(slices.Clip(parents), o), append(slices.Clip(around), here)
		for _, child := range childrenOf(o) {
			visit(child, at, clip, parents, around)
		}
	}
	visit(root, fyne.Position{}, areaOf(fyne.Position{}, c.Size()), nil, nil)
	return all
}

func (h *harness) objects() []placed { return objectsOf(h.a.Win.Canvas()) }

// textOf is what an object says by itself.
func textOf(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *kit.Paragraph:
		return o.Text
	case kit.Note:
		return o.Text
	case *canvas.Text:
		return o.Text
	case *kit.Entry:
		return o.Text
	case *widget.RichText:
		return o.String()
	}
	return ""
}

// screen is all that can be read in the window, a line for each piece.
func (h *harness) screen() string { return screenOf(h.a.Win.Canvas()) }

func screenOf(c fyne.Canvas) string {
	var lines []string
	for _, p := range objectsOf(c) {
		said := slices.ContainsFunc(p.parents, func(o fyne.CanvasObject) bool {
			switch o.(type) {
			case *kit.Paragraph, kit.Note, *kit.Entry:
				return true
			}
			return false
		})
		if e, ok := p.object.(*kit.Entry); ok && e.Password || said {
			continue
		}
		if s := textOf(p.object); s != "" && (len(lines) == 0 || lines[len(lines)-1] != s) {
			lines = append(lines, s)
		}
	}
	return strings.Join(lines, "\n")
}

// word is a text in the window's language.
func (h *harness) word(id string, data ...any) string {
	h.t.Helper()
	if !h.a.Words.Has(id) {
		h.t.Fatalf("there is no text %q", id)
	}
	return h.a.Words.T(id, data...)
}

// sees expects a text on the screen, named by its id.
func (h *harness) sees(id string, data ...any) {
	h.t.Helper()
	h.settle()
	if want := h.word(id, data...); !strings.Contains(h.screen(), want) {
		h.t.Fatalf("%s: expected to read\n  %s\nbut the window says:\n%s", id, want, h.screen())
	}
}

// waits for a text to come up.
func (h *harness) waits(id string, data ...any) {
	h.t.Helper()
	want := h.word(id, data...)
	h.until(id, func() bool { return strings.Contains(h.screen(), want) })
}

// misses expects a text not to be there.
func (h *harness) misses(id string, data ...any) {
	h.t.Helper()
	h.settle()
	if text := h.word(id, data...); strings.Contains(h.screen(), text) {
		h.t.Fatalf("%s: did not expect to read\n  %s\nin:\n%s", id, text, h.screen())
	}
}

// control finds what a person would press to press a text: the innermost
// object around it that takes a press.
func (h *harness) control(text string) fyne.Tappable {
	for _, p := range h.objects() {
		if b, ok := p.object.(*kit.Button); ok && b.Label == text {
			return b
		}
	}
	for _, p := range h.objects() {
		if textOf(p.object) != text {
			continue
		}
		for i := len(p.parents) - 1; i >= 0; i-- {
			switch o := p.parents[i].(type) {
			case *kit.Entry, *kit.Button:
			case fyne.Tappable:
				return o
			}
		}
	}
	return nil
}

// press presses the button, card, step, tick or menu item that says so.
func (h *harness) press(id string, data ...any) {
	h.t.Helper()
	h.pressText(h.word(id, data...))
}

func (h *harness) pressText(text string) {
	h.t.Helper()
	h.settle()
	o := h.control(text)
	if o == nil {
		h.t.Fatalf("nothing to press says %q in:\n%s", text, h.screen())
	}
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		h.t.Fatalf("%q cannot be pressed now", text)
	}
	h.a.Keys.Clicks.On = nil // the clock stands, but a seller has looked in between
	test.TapAt(o, fyne.NewPos(4, 4))
	h.settle()
}

// offers reports whether something can be pressed that says so.
func (h *harness) offers(id string, data ...any) bool {
	h.t.Helper()
	h.settle()
	return h.control(h.word(id, data...)) != nil
}

// field finds the entry under (or beside) a label.
func (h *harness) field(id string) *kit.Entry {
	h.t.Helper()
	h.settle()
	label, found := h.word(id), false
	for _, p := range h.objects() {
		if e, ok := p.object.(*kit.Entry); ok && found {
			return e
		}
		found = found || textOf(p.object) == label
	}
	h.t.Fatalf("no field is labelled %q in:\n%s", label, h.screen())
	return nil
}

// picker finds the choice under a label.
func (h *harness) picker(id string) *kit.Select {
	h.t.Helper()
	h.settle()
	label, found := h.word(id), false
	for _, p := range h.objects() {
		if c, ok := p.object.(*kit.Select); ok && found {
			return c
		}
		found = found || textOf(p.object) == label
	}
	h.t.Fatalf("nothing to choose from is labelled %q in:\n%s", label, h.screen())
	return nil
}

// types replaces what is in a field, key by key.
func (h *harness) types(id, text string) {
	h.t.Helper()
	e := h.field(id)
	h.a.Win.Canvas().Focus(e)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	for _, c := range text {
		e.TypedRune(c)
	}
	h.settle()
	if got := h.field(id).Text; got != text {
		h.t.Fatalf("typed %q into %q, and it holds %q", text, h.word(id), got)
	}
}

// pastes replaces what is in a field from the clipboard.
func (h *harness) pastes(id, text string) {
	h.t.Helper()
	e := h.field(id)
	h.clip.SetContent(text)
	h.a.Win.Canvas().Focus(e)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: h.clip})
	h.settle()
}

// holdsText expects a field to hold a text.
func (h *harness) holdsText(id, text string) {
	h.t.Helper()
	if got := h.field(id).Text; got != text {
		h.t.Fatalf("the field %q holds %q, not %q", h.word(id), got, text)
	}
}

// key sends a key to whatever has the keyboard.
func (h *harness) key(name fyne.KeyName) {
	h.t.Helper()
	h.settle()
	h.a.Keys.Clicks.On = nil // the clock stands, but a seller has looked in between
	h.keyAtOnce(name)
}

// keyAtOnce presses a key before anybody could have looked.
func (h *harness) keyAtOnce(name fyne.KeyName) {
	h.t.Helper()
	c := h.a.Win.Canvas()
	e := &fyne.KeyEvent{Name: name}
	switch {
	case name == fyne.KeyTab:
		c.FocusNext()
	case c.Focused() != nil:
		c.Focused().TypedKey(e)
	default:
		c.OnTypedKey()(e)
	}
	h.settle()
}

// speaks changes the language by the menu in the corner.
func (h *harness) speaks(tag string) {
	h.t.Helper()
	now, want := "", ""
	for _, l := range i18n.Languages() {
		if l.Tag == h.a.Words.Lang() {
			now, _, _ = strings.Cut(l.Name, " ")
		}
		if l.Tag == tag {
			want = l.Name
		}
	}
	h.pressText(now)
	h.pressText(want)
	if h.a.Words.Lang() != tag {
		h.t.Fatalf("picked %s, and the window speaks %s", tag, h.a.Words.Lang())
	}
}

// browserGoes is the seller in the browser: sign in, tick, Confirm. It returns
// the address that stands in the address bar at the end.
func (h *harness) browserGoes() string {
	h.t.Helper()
	if len(h.opened) == 0 {
		h.t.Fatal("the browser was not asked to open anything")
	}
	return practicetest.Confirm(h.t, h.opened[len(h.opened)-1].String())
}

// noRedirects is a browser that stops at every redirect to read the address.
var noRedirects = &http.Client{
	CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
}

func get(t testing.TB, address string) string {
	t.Helper()
	answer, err := noRedirects.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

// clipboardHolds expects a text on the clipboard.
func (h *harness) clipboardHolds(text string) {
	h.t.Helper()
	if got := h.clip.Content(); got != text {
		h.t.Fatalf("the clipboard holds %q, not %q", lwa.NewSecret(got).Hint(), lwa.NewSecret(text).Hint())
	}
}

// eachLanguage runs a test in every language of the app.
func eachLanguage(t *testing.T, run func(t *testing.T, lang string)) {
	for _, l := range i18n.Languages() {
		t.Run(l.Tag, func(t *testing.T) { run(t, l.Tag) })
	}
}

// valueIn is a parameter of an address.
func valueIn(t testing.TB, address, name string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Query().Get(name) == "" {
		t.Fatalf("no %s in the address", name)
	}
	return u.Query().Get(name)
}
