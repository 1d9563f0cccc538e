//go:build window && linux

package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/practice"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/internal/wintest"
)

const (
	ours = "sellerkey"
	bare = "barefyne"

	bareWindow = "bare Fyne window"

	// What the guides ask for; docs/performance.md counts them one by one.
	guideSteps, guidePresses = 12, 55
)

// TestBench measures the program in its window and prints the table; it fails
// when something cannot be measured, never because of a figure. scripts/bench
// runs it, and says where the results go.
func TestBench(t *testing.T) {
	b := &benchmark{}
	for _, part := range []struct {
		name     string
		run      func(*benchmark, *desk)
		keychain func() []wintest.Item
	}{
		{"start", (*benchmark).start, empty},
		{"first start", (*benchmark).firstStart, empty},
		{"walk", (*benchmark).walk, empty},
		{"presses", (*benchmark).presses, empty},
		{"idle", (*benchmark).idle, empty},
		{"tokens", (*benchmark).tokens, empty},
		{"accounts", (*benchmark).accounts, empty},
		{"renew all", (*benchmark).renewAll, secretsOfAll},
		{"command line", (*benchmark).commandLine, cachedToken},
		{"at once", (*benchmark).atOnce, cachedToken},
		{"backup", (*benchmark).backup, secretsToBackUp},
	} {
		t.Run(part.name, func(t *testing.T) {
			began := time.Now()
			rows := len(b.rows)
			notes := len(b.notes)
			part.run(b, newDesk(t, part.keychain()...))
			t.Logf("%v\n%s%s", time.Since(began).Round(time.Second), Text(b.rows[rows:]), strings.Join(b.notes[notes:], "\n"))
		})
	}
	t.Run("files", func(t *testing.T) { b.files(t) })
	t.Run("go", func(t *testing.T) { b.goBenchmarks(t) })
	fmt.Println(Text(b.rows))
	if path := os.Getenv("SELLERKEY_BENCH_DOC"); path != "" && !t.Failed() {
		b.write(t, path)
	}
}

// write puts the results into the document.
func (b *benchmark) write(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	for section, text := range map[string]string{
		"machine": machine(), "table": Markdown(b.rows), "beside": strings.Join(b.notes, "\n"),
		"soak": quoted(output(t, "soak.txt"), "soak_test.go"),
	} {
		if doc, err = Insert(doc, section, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, []byte(doc), 0o644); err != nil {
		t.Fatal(err)
	}
}

// output is what an earlier part of scripts/bench has left.
func output(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(os.Getenv("SELLERKEY_BENCH_OUT"), name))
	if err != nil {
		t.Fatal("this is run by scripts/bench: ", err)
	}
	return string(data)
}

// quoted are the lines of a test's log that come from a file, without the place.
func quoted(log, file string) string {
	var b strings.Builder
	for line := range strings.Lines(log) {
		if _, said, ok := strings.Cut(line, file+":"); ok {
			_, said, _ = strings.Cut(said, ": ")
			b.WriteString("- " + said)
		}
	}
	return b.String()
}

// machine says where and when.
func machine() string {
	read := func(path string) string {
		data, _ := os.ReadFile(path) // what is not there is left out
		return string(data)
	}
	after := func(text, name string) string {
		_, rest, _ := strings.Cut(text, name)
		rest, _, _ = strings.Cut(rest, "\n")
		return strings.Trim(rest, " \t:=\"")
	}
	load, _, _ := strings.Cut(read("/proc/loadavg"), " ")
	return fmt.Sprintf("- %s, commit %s, %s\n- %s, %d processors, %s of memory; %s, Linux %s\n- load of the machine at the end: %s",
		time.Now().UTC().Format("2 January 2006, 15:04 UTC"), os.Getenv("SELLERKEY_BENCH_COMMIT"), runtime.Version(),
		after(read("/proc/cpuinfo"), "model name"), runtime.NumCPU(), after(read("/proc/meminfo"), "MemTotal"),
		after(read("/etc/os-release"), "PRETTY_NAME"), strings.TrimSpace(read("/proc/sys/kernel/osrelease")), load)
}

// benchmark collects the results.
type benchmark struct {
	rows  []Row
	notes []string
}

func (b *benchmark) row(r Row) { b.rows = append(b.rows, r) }

func (b *benchmark) note(format string, args ...any) {
	b.notes = append(b.notes, "- "+fmt.Sprintf(format, args...))
}

// times is how often something is measured: fewer times in a hurry.
func times(n int) int {
	if os.Getenv("SELLERKEY_BENCH_QUICK") != "" {
		return max(1, n/4)
	}
	return n
}

// inTurns runs both, A B A B, so that whatever else the machine does is spread
// over both.
func inTurns(n int, a, b func()) {
	for range times(n) {
		a()
		b()
	}
}

// start is the time to the first painted frame, with one account.
func (b *benchmark) start(d *desk) {
	dir := d.folder()
	d.fill(dir, 1)
	var we, they starts
	measure := func() {
		we.add(d.started(ours, d.toAmazon(dir)...))
		they.add(d.started(bare))
	}
	measure() // warm
	we, they = starts{}, starts{}
	for range times(15) {
		measure()
	}
	b.row(Ratio("start → first painted frame, warm, Japanese, one account", bareWindow, "ms", we.painted, they.painted, 0.9))
	b.note("Start, warm: CPU up to the first frame %s, bare window %s; until the picture stays as it is %s, bare window %s.",
		spread(we.cpu, "ms"), spread(they.cpu, "ms"), spread(we.whole, "ms"), spread(they.whole, "ms"))
}

// starts are several starts of one program.
type starts struct{ painted, whole, cpu Series }

func (s *starts) add(one started) {
	s.painted = append(s.painted, ms(one.painted))
	s.whole = append(s.whole, ms(one.whole))
	s.cpu = append(s.cpu, ms(one.cpu))
}

// started starts a program, waits, and ends it.
func (d *desk) started(name string, args ...string) started {
	d.t.Helper()
	s := d.start(tool(d.t, name), args...)
	d.end(s.app)
	return s
}

// firstStart is the same without anything that an earlier start has left: no
// settings, no index of the system's fonts, no compiled shaders.
func (b *benchmark) firstStart(d *desk) {
	var we, they starts
	forget := func() {
		if err := os.RemoveAll(filepath.Join(d.rig.Home, ".cache")); err != nil {
			d.t.Fatal(err)
		}
	}
	inTurns(8, func() {
		forget()
		we.add(d.started(ours, d.toAmazon(d.folder())...))
	}, func() {
		forget()
		they.add(d.started(bare))
	})
	b.row(Ratio("the same, very first start (fonts not indexed)", bareWindow+", first start", "ms", we.painted, they.painted, 0.75))
	b.note("Very first start: CPU up to the first frame %s, bare window %s.", spread(we.cpu, "ms"), spread(they.cpu, "ms"))
}

// walk is a whole walk with an app of one's own, browser and all, with the
// memory and the presses that it takes.
func (b *benchmark) walk(d *desk) {
	var we, they, styled, chromium, steps Series
	inTurns(3, func() {
		v := d.visit(tool(d.t, ours))
		v.sample = d.amazon.Published()
		v.link = v.sample.ApplicationID
		// The screen recommends the credentials now, before the code's five minutes:
		// marketplace and draft are passed by.
		v.toConsent(func() {
			v.key("Tab", "Tab", "Tab")
			v.login()
		})
		browser := v.authorize()
		v.key("ctrl+v")
		v.tokens()
		v.copyAccess()
		steps = append(steps, float64(v.steps))
		browser.Quit()
		we = append(we, d.memory(v.a.PID()))
		d.end(v.a)
	}, func() {
		s := d.start(tool(d.t, bare))
		they = append(they, d.memory(s.app.PID()))
		d.end(s.app)
		s = d.start(tool(d.t, bare), "-styles")
		styled = append(styled, d.memory(s.app.PID()))
		d.end(s.app)
		chromium = append(chromium, d.chromium())
	})
	b.row(Ratio("memory (PSS) on the tokens screen after a walk", bareWindow, "MB", we, they, 0.9))
	b.note("Memory: a bare window with one bold and one monospaced label takes %s, %.2f× the bare window without.",
		spread(styled, "MB"), styled.Median()/they.Median())
	b.row(Ratio("memory against a Chromium app window", "Chromium, all its processes", "MB", we, chromium, 0.4))
	b.row(Ratio("steps from first start to tokens copied", "the guide, counted below", "", steps, Series{guideSteps}, 1.0/3))
}

// presses counts the presses of three walks. The credentials come after the
// address: before it, as the screen suggests, they take three more, on the Tab key.
func (b *benchmark) presses(d *desk) {
	d.rig.RegisterScheme()
	own := func(back func(v *visit)) int {
		v := d.visitBack()
		v.sample = d.amazon.Published()
		v.link = v.sample.ApplicationID
		v.toConsent()
		back(v)
		v.step("step.credentials")
		v.login()
		v.tokens()
		v.copyAccess()
		d.end(v.a)
		d.rig.Browser().Quit()
		return v.presses
	}
	pasted := own(func(v *visit) {
		v.authorize()
		v.key("ctrl+v", "Return") // the pretend Amazon's address isn't https, which the screen remarks
	})
	returned := own((*visit).comeBack)

	guide := d.visitBack()
	guide.link, _, _ = strings.Cut(guide.link, "&state=") // with a fixed one, SellerKey asks first
	guide.presses++
	guide.a.Click(270, 245) // the first card of the start screen
	guide.step("step.app")
	guide.paste(guide.link)
	guide.key("Return")
	guide.step("step.consent")
	guide.comeBack()
	guide.step("step.register")
	d.end(guide.a)
	d.rig.Browser().Quit()

	const yardstick = "the guide, counted below"
	b.row(Most("presses from first start to the access token copied", yardstick, "", Series{float64(pasted)}, Series{guidePresses}, 16))
	b.row(Most("the same by the return page", yardstick, "", Series{float64(returned)}, Series{guidePresses}, 14))
	b.row(Most("a guide's visitor by the return page, to seller ID and code", yardstick, "", Series{float64(guide.presses)}, Series{guidePresses}, 8))
}

// memory waits a little for what is still under way and returns megabytes.
func (d *desk) memory(pids ...int) float64 {
	d.t.Helper()
	time.Sleep(3 * time.Second)
	bytes, err := PSS(pids...)
	if err != nil {
		d.t.Fatal(err)
	}
	return float64(bytes) / 1e6
}

// chromium is the memory of an app window with the bare window's content.
func (d *desk) chromium() float64 {
	d.t.Helper()
	page := "<title>bare</title><p>A label<p><input><p><button>A button</button>"
	rec := d.screen.Record(d.screen.Bounds(), 0)
	a := d.rig.LaunchOther(d.rig.Chromium(), "--app=data:text/html,"+url.PathEscape(page),
		"--user-data-dir="+d.folder(), "--no-sandbox", "--no-first-run", "--no-default-browser-check",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-breakpad",
		"--password-store=basic", "--window-size=960,680",
		"--host-resolver-rules=MAP * ~NOTFOUND")
	err := rec.Rest(time.Second, 30*time.Second)
	rec.Stop()
	if err != nil {
		d.t.Fatal("Chromium: ", err)
	}
	family := Family(a.PID())
	mb := d.memory(family...)
	for _, pid := range family[1:] {
		if p, err := os.FindProcess(pid); err == nil {
			defer p.Kill() //nolint:errcheck // it goes with its parent, as a rule
		}
	}
	d.end(a)
	return mb
}

// idle is how busy the program is while nobody does anything, screen by screen,
// in turns with a bare window, each alone on the machine. Another bare window
// shows how much two programs differ that are the same.
func (b *benchmark) idle(d *desk) {
	const settled = 3 * time.Second // what a new screen still sets off is over by then
	const (
		yard = iota
		twin
		clock
		us
		programs
	)
	pids := []int{
		yard:  d.start(tool(d.t, bare)).app.PID(),
		twin:  d.start(tool(d.t, bare)).app.PID(),
		clock: d.start(tool(d.t, bare), "-clock").app.PID(),
	}
	v := d.visit(tool(d.t, ours))
	pids = append(pids, v.a.PID())
	var still, moving [programs]Series
	measure := func(into *[programs]Series, screen string, during time.Duration, turns int, which ...int) {
		v.a.Settle()
		time.Sleep(settled)
		for range times(turns) {
			for _, i := range which {
				took, err := Idle(during, pids[i], slices.Delete(slices.Clone(pids), i, i+1)...)
				if err != nil {
					d.t.Fatal(err)
				}
				d.t.Logf("%-28s %d %.2f %%", screen, i, took)
				into[i] = append(into[i], took)
			}
		}
	}
	look := func(screen string, moves bool) {
		if moves { // so long that what changes every ten seconds changes
			measure(&moving, screen, 10*time.Second, 2, us, yard, clock)
		} else {
			measure(&still, screen, 1500*time.Millisecond, 4, us, yard, twin)
		}
	}
	look("start", false)
	v.toConsent()
	look("2 allow access", false)
	v.key("Escape")
	v.at("step.app")
	look("1 choose the app", false)
	v.key("Return")
	v.at("step.consent")
	browser := v.authorize()
	look("3 paste, empty", false)
	address := browser.URL()
	browser.Quit()
	v.paste(address)
	look("3 paste, counting down", true)
	v.key("Return")
	v.step("step.credentials")
	v.login()
	look("4 credentials, counting down", true)
	v.tokens()
	look("5 tokens", false)
	v.pressAt(4)
	v.at("export.title")
	look("use in", false)
	v.key("Escape")
	v.at("step.tokens")
	v.key("Escape", "Escape", "Escape", "Escape", "Escape", "Escape")
	v.at("accounts.title")
	look("accounts", false)
	v.key("Return")
	v.a.WaitTitle(v.sample.SellerID)
	look("account", false)
	v.pressAt(-2)
	v.at("details.title")
	look("account settings", false)
	d.end(v.a)
	b.row(Ratio("idle CPU, screens without a countdown", bareWindow+", in turns", "%", still[us], still[yard], 1.1))
	b.row(Ratio("idle CPU, screens that count down the code", bareWindow+", in turns", "%", moving[us], moving[yard], 1.1))
	b.note("Idle: another bare window takes %s, %.2f× as much as the one in the table.",
		spread(still[twin], "%"), still[twin].Median()/still[yard].Median())
	b.note("Idle, counting down: a bare window with a label that changes once a second takes %s (%.2f× the bare window without); SellerKey takes %.2f× as much as that one.",
		spread(moving[clock], "%"), moving[clock].Median()/moving[yard].Median(), moving[us].Median()/moving[clock].Median())
}

// tokens is the time from the press of "Get tokens" to tokens on the screen and
// in the keychain.
func (b *benchmark) tokens(d *desk) {
	var we, curl, cpu, frames, stored, form, formTook Series
	d.t.Setenv("DBUS_SESSION_BUS_ADDRESS", d.rig.Getenv("DBUS_SESSION_BUS_ADDRESS"))
	keychain := vault.NewKeychain("app.sellerkey.bench")
	// The same presses in both: choose, fill in three fields, go on.
	walk := func(v *visit, fields string, done func() bool) (began time.Time, seen []Frame) {
		v.key("Tab", "Tab", "Return")
		v.a.WaitTitle(fields)
		v.paste(v.sample.ClientID)
		v.key("Tab")
		v.paste(v.sample.ClientSecret.Reveal())
		v.key("Tab")
		v.paste(v.sample.RefreshToken.Reveal())
		v.a.Settle()
		v.a.Front()
		rec := d.screen.Record(d.area, v.a.PID())
		time.Sleep(50 * time.Millisecond)
		began = d.press("Return")
		d.rig.Eventually("the last screen", done)
		if err := rec.Rest(700*time.Millisecond, 20*time.Second); err != nil {
			d.t.Fatal(err)
		}
		return began, rec.Stop()
	}
	var they starts
	inTurns(8, func() {
		v := d.visit(tool(d.t, ours))
		pressed, seen := walk(v, d.words.T("step.credentials"), v.saved)
		frame, _ := Whole(seen, d.area)
		frames = append(frames, float64(len(seen)-1))
		we, cpu = append(we, ms(frame.At.Sub(pressed))), append(cpu, ms(frame.CPU))
		index, err := os.Stat(filepath.Join(v.dir, "accounts.json"))
		if err != nil {
			d.t.Fatal("the account was not saved: ", err)
		}
		if index.ModTime().After(frame.At.Add(20 * time.Millisecond)) {
			d.t.Error("the screen says saved before it is")
		}
		d.end(v.a)
	}, func() {
		they.add(d.started(bare))
		v := &visit{d: d, a: d.start(tool(d.t, bare), "-form").app, sample: d.amazon.Sample()}
		pressed, seen := walk(v, "fields", func() bool { return slices.Contains(v.a.Titles(), "results") })
		frame, _ := Whole(seen, d.area)
		form, formTook = append(form, ms(frame.CPU)), append(formTook, ms(frame.At.Sub(pressed)))
		d.end(v.a)
		curl = append(curl, d.curl())
		began := time.Now()
		for _, item := range []string{"refresh_token", "client_secret"} {
			key := fmt.Sprintf("example%05d.%s", len(stored), item)
			if err := keychain.Set(context.Background(), key, d.amazon.Sample().RefreshToken); err != nil {
				d.t.Fatal(err)
			}
		}
		stored = append(stored, ms(time.Since(began)))
	})
	b.note("Tokens: storing the two secrets in the keychain and reading them back alone takes %s; a bare window with as much text, which asks nobody and stores nothing, takes %s from the same press until its last screen is painted.",
		spread(stored, "ms"), spread(formTook, "ms"))
	b.note("CPU from start to tokens: from the press to the end alone the window is painted %s times.", spread(frames, ""))
	b.note("CPU from start to tokens: that is %.2f× the bare window's start, and the bare form takes %.2f×.",
		cpu.Median()/they.cpu.Median(), form.Median()/they.cpu.Median())
	b.row(More("press of “Get the tokens” → tokens on the screen and in the keychain", "curl, the same POST", "ms", we, curl, 40))
	b.row(Ratio("CPU from start to tokens", "a bare form with as much text, the same presses", "ms", cpu, form, 1))
}

// curl is the time that curl takes for the same request.
func (d *desk) curl() float64 {
	d.t.Helper()
	sample := d.amazon.Sample()
	form := url.Values{
		"grant_type": {"refresh_token"}, "client_id": {sample.ClientID},
		"client_secret": {sample.ClientSecret.Reveal()}, "refresh_token": {sample.RefreshToken.Reveal()},
	}
	c := d.rig.Command(context.Background(), "curl", "-sf", "-d", form.Encode(), d.amazon.TokenURL())
	began := time.Now()
	out, err := c.Output()
	took := time.Since(began)
	if err != nil || !bytes.Contains(out, []byte("Atza|")) {
		d.t.Fatal("curl: ", err)
	}
	return ms(took)
}

// accounts compares 1,000 accounts with ten.
func (b *benchmark) accounts(d *desk) {
	few, many := d.folder(), d.folder()
	d.fill(few, 10)
	d.fill(many, 1000)
	var we, they list
	inTurns(6, func() { we.add(d.list(many)) }, func() { they.add(d.list(few)) })
	b.row(Ratio("1,000 accounts: start → first painted frame", "with 10", "ms", we.start, they.start, 1.1))
	b.row(Ratio("1,000 accounts: press → list painted", "with 10", "ms", we.shown, they.shown, 1.3))
	b.row(More("1,000 accounts: key in the search → list painted", "with 10", "ms", we.key, they.key, 10))
	b.row(Row{
		What: "1,000 accounts: memory (PSS) an account", Yardstick: "with 10", Unit: "MB", Ours: we.memory, Theirs: they.memory,
		Figure: (we.memory.Median() - they.memory.Median()) * 1000 / 990, Limit: 1, As: "%+.2f KB",
	})
}

// What comes before the list of more than seven accounts, in the order of the Tab key.
const (
	renewAllAt = iota
	addAt
	searchAt
	_ // only those that need something
	_ // their order
	beforeList
)

// back goes so many places back with the keyboard.
func (d *desk) back(places int) {
	d.t.Helper()
	for range places {
		d.press("shift+Tab")
		time.Sleep(60 * time.Millisecond)
	}
}

// list is what the list of accounts takes.
type list struct{ start, shown, key, memory Series }

func (l *list) add(o list) {
	l.start = append(l.start, o.start...)
	l.shown = append(l.shown, o.shown...)
	l.key = append(l.key, o.key...)
	l.memory = append(l.memory, o.memory...)
}

func (d *desk) list(dir string) (l list) {
	d.t.Helper()
	s := d.start(tool(d.t, ours), d.toAmazon(dir)...)
	l.start = Series{ms(s.painted)}
	l.memory = Series{d.memory(s.app.PID())}
	s.app.Front()
	measure := func(area image.Rectangle, which func([]Frame) Frame, do func() time.Time) float64 {
		rec := d.screen.Record(area, 0)
		time.Sleep(30 * time.Millisecond)
		pressed := do()
		if err := rec.Rest(250*time.Millisecond, 10*time.Second); err != nil {
			d.t.Fatal(err)
		}
		return ms(which(rec.Stop()).At.Sub(pressed))
	}
	whole := func(frames []Frame) Frame {
		f, _ := Whole(frames, d.area)
		return f
	}
	first := func(frames []Frame) Frame { return frames[1] }
	// The list has the keyboard; Esc leads back to it.
	for range 4 {
		d.back(beforeList - addAt)
		measure(d.area, whole, func() time.Time { return d.press("Return") })
		l.shown = append(l.shown, measure(d.area, whole, func() time.Time { return d.press("Escape") }))
	}
	d.back(beforeList - searchAt)
	lines := d.area
	lines.Min.Y += lines.Dy() / 2
	for range 6 {
		l.key = append(l.key,
			measure(lines, first, func() time.Time { return d.press("9") }),
			measure(lines, first, func() time.Time { return d.press("BackSpace") }))
	}
	d.end(s.app)
	return l
}

// fill makes the index of so many accounts in a folder. The package writes the
// last version of it itself.
func (d *desk) fill(dir string, n int) {
	d.t.Helper()
	sample := d.amazon.Sample()
	when := time.Now().Add(-10 * 24 * time.Hour).UTC().Truncate(time.Second)
	file := struct {
		Version  int               `json:"version"`
		Accounts []account.Account `json:"accounts"`
	}{Version: 1}
	for i := range n {
		file.Accounts = append(file.Accounts, account.Account{
			ID: accountID(i), Name: fmt.Sprintf("見本の店舗 %05d", i), Marketplace: "JP",
			SellerID: fmt.Sprintf("A0EXAMPLE%05d", i), ApplicationID: sample.ApplicationID, ClientID: sample.ClientID,
			CreatedAt: when, AuthorizedAt: date.Of(when), SecretMadeAt: date.Of(when), HasClientSecret: true, HasRefreshToken: true,
		})
	}
	data, err := json.Marshal(file)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "accounts.json"), data, 0o600)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	store, err := account.Open(dir, vault.NewMemory(), nil)
	if err == nil {
		_, err = store.Update(file.Accounts[0].ID, func(a *account.Account) { a.Vendor = true })
	}
	if err != nil || len(store.List()) != n || len(store.Notices()) > 0 {
		d.t.Fatal("the accounts are not as they should be: ", err)
	}
}

func empty() []wintest.Item { return nil }

// renewed is how many accounts are renewed at once.
const renewed = 1000

// secretsOfAll are the secrets of those.
func secretsOfAll() (items []wintest.Item) {
	sample := practice.New(practice.Options{}).Sample()
	for i := range renewed {
		items = append(items,
			wintest.Item{Service: vault.Service, Username: accountID(i) + ".refresh_token", Secret: sample.RefreshToken.Reveal()},
			wintest.Item{Service: vault.Service, Username: accountID(i) + ".client_secret", Secret: sample.ClientSecret.Reveal()})
	}
	return items
}

func accountID(i int) string { return fmt.Sprintf("example%05d", i) }

// renewAll renews 1,000 accounts of an Amazon that takes 100 ms.
func (b *benchmark) renewAll(d *desk) {
	const n, delay, parallel = renewed, 100 * time.Millisecond, 3
	dir := d.folder()
	d.fill(dir, n)
	d.amazon.SetFault("/auth/o2/token", practice.Fault{Delay: delay})
	s := d.start(tool(d.t, ours), d.toAmazon(dir)...)
	s.app.Front()
	d.back(beforeList - renewAllAt)
	pressed := d.press("Return")
	var took time.Duration
	for took == 0 {
		time.Sleep(10 * time.Millisecond)
		data, err := os.ReadFile(filepath.Join(dir, "accounts.json"))
		if err == nil && bytes.Count(data, []byte(`"renewed_at"`)) == n {
			took = time.Since(pressed)
		}
		if time.Since(pressed) > 5*time.Minute {
			d.t.Fatal("it does not come to an end")
		}
	}
	d.end(s.app)
	ideal := (n * delay / parallel).Seconds()
	b.row(Ratio("Renew all, 1,000 accounts, 100 ms an answer", "1,000 × 100 ms ÷ 3 at once", "s", Series{took.Seconds()}, Series{ideal}, 1.1))
}

// files compares what there is to download.
func (b *benchmark) files(t *testing.T) {
	size := func(name string) float64 {
		info, err := os.Stat(tool(t, name+"-stripped"))
		if err != nil {
			t.Fatal(err)
		}
		return float64(info.Size()) / 1e6
	}
	b.row(More("program file, stripped", bareWindow, "MB", Series{size(ours)}, Series{size(bare)}, 8))
}

// goBenchmarks adds what go test -bench measured.
func (b *benchmark) goBenchmarks(t *testing.T) {
	m := ReadBenchmarks(output(t, "go.txt"))
	ns := func(name string) Series { return m.In(name, "ns/op", 1) }
	b.row(Ratio("ParseRedirect of a typical address", "net/url", "ns", ns("ParseRedirect"), ns("NetURL"), 10))
	b.row(Most("ParseRedirect: allocations", "", "", m.In("ParseRedirect", "allocs/op", 1), nil, 20))
	b.row(Ratio("ParseRedirect of 64 KiB, sixteen times 4 KiB", "16 × 4 KiB", "µs", m.In("ParseRedirectSize/page/65536", "ns/op", 1e-3),
		m.In("ParseRedirectSize/page/4096", "ns/op", 16e-3), 1.5))
	b.row(Ratio("FindCredentials of a .env of 2 KB", "joho/godotenv", "µs", m.In("FindCredentials/2048", "ns/op", 1e-3), m.In("Godotenv", "ns/op", 1e-3), 20))
	b.row(Ratio("FindCredentials of 64 KiB, thirty-two times 2 KB", "32 × 2 KB", "µs", m.In("FindCredentials/65536", "ns/op", 1e-3),
		m.In("FindCredentials/2048", "ns/op", 32e-3), 1.2))
	b.row(Most("search keystroke in 1,000 accounts, without painting", "with 10", "ms",
		m.In("SearchKeystroke/1000", "ns/op", 1e-6), m.In("SearchKeystroke/10", "ns/op", 1e-6), 16))
}
