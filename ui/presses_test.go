package ui

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sellerkey/sellerkey/internal/setupfile"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/ui/kit"
)

var (
	presses = flag.Int("presses", 1500, "how many random keys and clicks TestRandomPresses makes")
	seed    = flag.Uint64("seed", 1, "where the random keys and clicks begin")
)

// busyAmazon refuses every request for tokens, so that the code survives, and
// counts them.
type busyAmazon struct{ asked atomic.Int64 }

func (b *busyAmazon) RoundTrip(r *http.Request) (*http.Response, error) {
	b.asked.Add(1)
	return &http.Response{
		StatusCode: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"600"}},
		Body: io.NopCloser(strings.NewReader("{}")), Request: r,
	}, nil
}

// monkey is somebody who presses anything at all while a code lives.
type monkey struct {
	*harness
	r      *rand.Rand
	amazon *busyAmazon
	file   string // a setup file of another app
	j      *journey
	asked  int64 // requests for tokens so far
	log    []string
}

// start begins again with a live code, on any step.
func (m *monkey) start() {
	if m.a.Running().Err() != nil {
		m.finish(m.a)
		m.harness.start(m.a.Settings)
	}
	m.real.LWA.HTTP = &http.Client{Transport: m.amazon}
	m.a.ClearOverlays()
	m.log = nil
	if m.r.IntN(2) == 0 {
		steps := []walk.Step{walk.StepApp, walk.StepConsent, walk.StepPaste, walk.StepRegister}
		m.j = m.at(walk.Guide, steps[m.r.IntN(len(steps))], withApp, withCode)
		return
	}
	prepare := []func(*harness, *journey){appText(m.harness.amazon.Sample().ApplicationID), pasted(fmt.Sprintf(sampleRedirect, "not-checked"))}
	steps := []walk.Step{walk.StepApp, walk.StepConsent, walk.StepPaste, walk.StepCredentials}
	if m.r.IntN(2) == 0 {
		prepare = append(prepare, withCredentials)
	}
	m.j = m.at(walk.OwnApp, steps[m.r.IntN(len(steps))], prepare...)
}

// buttons are what can be pressed now, by what it says.
func (m *monkey) buttons() map[string]bool {
	said := map[string]bool{}
	for _, p := range m.objects() {
		if b, ok := p.object.(*kit.Button); ok && !b.Disabled() {
			said[b.Label] = true
		}
	}
	return said
}

// offers reports whether one of the buttons is there.
func (m *monkey) offers(said map[string]bool, ids ...string) bool {
	return slices.ContainsFunc(ids, func(id string) bool { return said[m.word(id)] })
}

// clipboards are texts that may be on the clipboard.
func (m *monkey) clipboards() []string {
	s := m.harness.amazon.Sample()
	return []string{
		"", "nothing that anybody knows", s.ClientID, s.ClientSecret.Reveal(), "Atzr|EXAMPLE0000000000000000",
		fmt.Sprintf(sampleRedirect, "of-another-link"), "https://example.com/?spapi_oauth_code=EXAMPLEother00000000&state=practice-guide",
		"https://example.com/login?amazon_callback_uri=https%3A%2F%2Famazon.com%2Fapps%2Fauthorize%2Fconfirm%2Fexample&amazon_state=example&selling_partner_id=A0EXAMPLE00000",
		"https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=amzn1.sp.solution.00000000-0000-0000-0000-0000000other",
		"amzn1.sp.solution.00000000-0000-4000-8000-000000000009",
		"CLIENT_ID=" + s.ClientID + "\nCLIENT_SECRET=" + s.ClientSecret.Reveal() + "\nAPP_ID=amzn1.sp.solution.00000000-0000-4000-8000-000000000009\n",
	}
}

// act presses something and returns what.
func (m *monkey) act() string {
	c := m.a.Win.Canvas()
	if m.r.IntN(3) > 0 {
		m.a.Keys.Clicks.On = nil // looked in between
	}
	switch n := m.r.IntN(100); {
	case n < 40:
		keys := []fyne.KeyName{
			fyne.KeyReturn, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeySpace, fyne.KeyEscape, fyne.KeyTab, fyne.KeyTab, fyne.KeyTab,
			fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyF1, fyne.KeyF10, fyne.KeyPageDown,
		}
		k := keys[m.r.IntN(len(keys))]
		m.keyAtOnce(k)
		return string(k)
	case n < 45:
		if f := c.Focused(); f != nil {
			f.TypedRune(rune("a1|Z-."[m.r.IntN(6)]))
		}
		return "a character"
	case n < 53:
		texts := m.clipboards()
		i := m.r.IntN(len(texts))
		m.clip.SetContent(texts[i])
		if f, ok := c.Focused().(fyne.Shortcutable); ok {
			f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: m.clip})
		} else {
			m.a.Paste()
		}
		return fmt.Sprintf("paste text %d", i)
	case n < 56:
		texts := m.clipboards()
		m.clip.SetContent(texts[m.r.IntN(len(texts))])
		if back := m.a.Screen().Returned; back != nil {
			back()
		}
		return "back from another window"
	case n < 58:
		m.a.AskClose()
		return "close"
	case n < 59:
		m.a.OpenSetup(m.file)
		return "a setup file"
	default:
		var all []fyne.Tappable
		for _, p := range m.objects() {
			d, can := p.object.(fyne.Disableable)
			if tap, ok := p.object.(fyne.Tappable); ok && !(can && d.Disabled()) {
				all = append(all, tap)
			}
		}
		if len(all) == 0 {
			return "nothing to click"
		}
		tap := all[m.r.IntN(len(all))]
		name := fmt.Sprintf("click %T", tap)
		if b, ok := tap.(*kit.Button); ok {
			name = "click " + b.Label
		}
		test.TapAt(tap, fyne.NewPos(4, 4))
		return name
	}
}

// TestRandomPresses: whatever is pressed while a code lives, the code is lost
// only after a question, and tokens are asked for only where a button says so.
func TestRandomPresses(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	h := newHarness(t, "en")
	m := &monkey{harness: h, r: rand.New(rand.NewPCG(*seed, 0)), amazon: &busyAmazon{}, file: filepath.Join(dir, "other.toml")}
	form := setupfile.NewForm()
	form.Provider = "Example Tools"
	form.ReadApp("amzn1.sp.solution.00000000-0000-4000-8000-000000000009")
	for i := range form.Boxes {
		form.Boxes[i].Label = map[string]string{"en": "Value"}
	}
	data, err := form.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(m.file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	lost, requests := 0, 0
	m.start()
	for i := range *presses {
		if m.r.IntN(60) == 0 {
			m.start() // somewhere else
		}
		said := m.buttons()
		question := m.offers(said, "button.stay", "finish.yes", "finish.no", "other_account.own")
		fetch := m.offers(said, "button.get_tokens", "button.try_again")
		did := m.act()
		m.log = append(m.log, did)
		m.until("Amazon", func() bool { return !m.j.busy() })
		if n := m.amazon.asked.Load(); n != m.asked {
			m.asked, requests = n, requests+1
			if !fetch {
				t.Fatalf("press %d asked for tokens: %q; the window says\n%s", i, m.log, m.screen())
			}
		}
		if gone := m.a.Running().Err() != nil; gone || m.a.walking != m.j || !m.j.walk.CodeLive() {
			if !question {
				t.Fatalf("press %d lost the code without a question: %q; the window says\n%s", i, m.log, m.screen())
			}
			lost++
			m.start()
		}
		m.clock.Pass(time.Duration(m.r.IntN(1000)) * time.Millisecond)
		if left, _ := m.j.walk.CodeLeft(); left < time.Minute {
			m.start()
		}
	}
	t.Logf("%d presses: %d codes dropped after a question, %d requests for tokens", *presses, lost, requests)
	if lost == 0 || requests == 0 {
		t.Error("nothing came of all the presses")
	}
}
