package ui

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/check"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/walk"
	"github.com/sellerkey/sellerkey/lwa"
	"github.com/sellerkey/sellerkey/ui/kit"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// -update takes the pictures in testdata/pictures again ("make pictures").
var update = flag.Bool("update", false, "take the pictures of the screens again")

// golden is a picture that is kept of a screen.
type golden struct {
	name       string
	only       string // a language; "" for all of them
	appearance kit.Appearance
	size       fyne.Size
	show       func(h *harness)
	canvas     func(h *harness) fyne.Canvas // nil for the main window
}

// withSellerLink is an app on the real permission page: the pretend one has
// another port each time.
func withSellerLink(h *harness, j *journey) {
	h.a.env.ConsentOrigin = ""
	j.walk.ReadApp(h.guideLink())
}

// withReturnPage is an app whose owner published the return page.
func withReturnPage(_ *harness, j *journey) { j.walk.ReturnPage = true }

// covering is the answer of a region with the stores of an authorization.
func covering(codes ...string) (a check.Answer) {
	for _, code := range codes {
		m, _ := lwa.FindMarketplace(code)
		a.Region = m.Region
		a.Stores = append(a.Stores, check.Store{Marketplace: m, Name: "Example Store", Selling: true})
	}
	return a
}

func pictures() []golden {
	nothing := func(*session) {}
	least := fyne.NewSize(720, 560)
	consent := func(h *harness) { h.at(walk.Guide, walk.StepConsent, withSellerLink) }
	read := func(h *harness) { h.at(walk.Guide, walk.StepPaste, withSellerLink, withCode) }
	tokens := func(h *harness) { h.atTokens(nothing) }
	return []golden{
		{name: "start", show: func(*harness) {}},
		{name: "app-guide", show: func(h *harness) { h.at(walk.Guide, walk.StepApp, withSellerLink) }},
		{name: "app-own", show: func(h *harness) { h.at(walk.OwnApp, walk.StepApp) }},
		{name: "consent", show: consent},
		{name: "consent-back", show: func(h *harness) { h.at(walk.Guide, walk.StepConsent, withSellerLink, withReturnPage) }},
		{name: "paste-back", show: func(h *harness) { h.at(walk.Guide, walk.StepPaste, withSellerLink, withReturnPage) }},
		{name: "paste-refused", show: func(h *harness) {
			h.at(walk.Guide, walk.StepPaste, withSellerLink, pasted("https://sellercentral.amazon.co.jp/apps/authorize/consent?application_id=x"))
		}},
		{name: "paste-read", show: read},
		{name: "credentials", show: func(h *harness) { h.at(walk.OwnApp, walk.StepCredentials, withSellerLink, withCode, withCredentials) }},
		{name: "taken-over", show: func(h *harness) { h.at(walk.HasToken, walk.StepCredentials, tookOver) }},
		{name: "sandbox", show: func(h *harness) { h.at(walk.HasToken, walk.StepCredentials, inSandbox) }},
		{name: "paste-page", show: func(h *harness) {
			h.at(walk.Guide, walk.StepPaste, withSellerLink, pasted("Invalid access. You do not have permissions to view this page"))
		}},
		{name: "paste-done", show: func(h *harness) { h.at(walk.Guide, walk.StepPaste, withSellerLink, pasted("API認可完了")) }},
		{name: "tokens", show: tokens},
		{name: "tokens-refused", show: func(h *harness) {
			h.atTokens(func(d *session) { d.token, d.saved, d.err = lwa.Token{}, false, &lwa.Error{Kind: lwa.KindClientAuth} })
		}},
		{name: "use-in-assistant", show: func(h *harness) {
			h.useIn(func(u *useIn) {
				u.choose(assistant, 0)
				u.name, u.path = "", "/home/seller/.config/Claude/claude_desktop_config.json"
			})
		}},
		{name: "use-in-server", show: func(h *harness) { h.useIn(func(u *useIn) { u.choose(server, 0) }) }},
		{name: "register", show: func(h *harness) { h.at(walk.Guide, walk.StepRegister, withSellerLink, withCode) }},
		{name: "finish", show: func(h *harness) { h.atTheEnd() }},
		{name: "finish-not-yet", show: func(h *harness) {
			h.atTheEnd()
			h.press("finish.not_yet")
		}},
		{name: "leave-a-code", show: func(h *harness) {
			h.at(walk.Guide, walk.StepPaste, withSellerLink, withCode)
			h.a.AskClose()
		}},
		{name: "link-question", show: func(h *harness) {
			h.waitingWalk("&state=guide-state")
			h.a.OpenArgument(returnLink("guide-state"))
		}},
		{name: "backup", show: func(h *harness) { h.atBackup(func(*savingBackup) {}) }},
		{name: "backup-saved", size: least, appearance: kit.Dark, show: func(h *harness) { h.atBackup(func(b *savingBackup) { b.wrote, b.count = b.path, 3 }) }},
		{name: "restore", show: func(h *harness) { h.atRestore(h.threeKinds) }},
		{name: "restore-words", size: least, appearance: kit.Dark, show: func(h *harness) { h.atRestore(func(*restoring) {}) }},
		{name: "new-secret", show: func(h *harness) { h.atNewSecret(func(*newSecret) {}) }},
		{name: "new-secret-refused", size: least, appearance: kit.Dark, show: func(h *harness) {
			h.atNewSecret(func(n *newSecret) { n.err = &lwa.Error{Kind: lwa.KindClientAuth} })
		}},
		{name: "new-secret-left", show: func(h *harness) { h.atNewSecret(h.placesLeft) }},
		{name: "registration-helper", canvas: helperCanvas, show: func(h *harness) {
			h.at(walk.Guide, walk.StepRegister, withSellerLink, withCode).showRegisterWindow(h.a)
		}},
		{name: "check-forbidden", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.doing, d.checked.at, d.checked.Err = "checking", h.clock.Now(), &lwa.Error{Kind: lwa.KindForbidden}
				d.checked.Reason = &check.Reason{Causes: []check.Cause{check.CauseSandbox, check.CauseRole}}
			})
		}},
		{name: "check-other-region", show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.doing, d.checked.at, d.checked.Err = "checking", h.clock.Now(), &lwa.Error{Kind: lwa.KindForbidden}
				d.checked.Reason = &check.Reason{Causes: []check.Cause{check.CauseRegion}, Works: []check.Answer{covering("DE", "FR", "IT", "ES", "UK")}}
			})
		}},
		{name: "accounts", show: func(h *harness) {
			h.withAccounts(3, func(i int, a *account.Account) {
				switch i {
				case 1:
					a.Problem = string(lwa.KindRevoked)
				case 2:
					a.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160)
				}
			})
		}},
		{name: "accounts-apps", show: func(h *harness) {
			h.withAccounts(4, func(i int, a *account.Account) {
				a.Marketplace, a.Shop = []string{"JP", "DE", "US", "JP"}[i], fmt.Sprintf("Example Shop %d", i+1)
				a.Name = a.Marketplace + " · " + a.Shop
				switch i {
				case 1:
					a.ClientID, a.Stores = h.amazon.Published().ClientID, "UK FR DE ES IT"
				case 2:
					a.ClientID, a.Sandbox, a.Shop = h.amazon.Sandbox().ClientID, true, ""
				case 3:
					a.ProviderApp, a.Provider = true, "Example Tools"
				}
			})
		}},
		{name: "accounts-many", show: func(h *harness) {
			h.withAccounts(30, func(i int, a *account.Account) {
				// Ten sellers with three accounts each.
				a.Marketplace = []string{"JP", "AU", "SG"}[i%3]
				a.Shop = fmt.Sprintf("Example Shop %02d", i/3+1)
				a.Name = a.Marketplace + " · " + a.Shop
				switch i {
				case 1:
					a.Problem = string(lwa.KindRevoked)
				case 2:
					a.SecretMadeAt = date.Of(h.clock.Now()).AddDays(-160)
				}
			})
		}},
		{name: "help-paste", show: func(h *harness) {
			h.at(walk.Guide, walk.StepPaste, withSellerLink)
			h.a.ToggleHelp()
		}},

		{name: "this-computer", show: func(h *harness) {
			ailing(h)
			checkedUp(h)
		}},

		// The other looks once each, in the languages that are hardest to fit in.
		{name: "dark-start", only: "ja", appearance: kit.Dark, show: func(*harness) {}},
		{name: "dark-consent", only: "ja", appearance: kit.Dark, show: consent},
		{name: "dark-checked", only: "en", appearance: kit.Dark, show: func(h *harness) {
			h.atAccount(func(d *session) {
				d.doing, d.checked.at = "checking", h.clock.Now()
				d.checked.Answers = []check.Answer{covering("JP")}
			})
		}},
		{name: "dark-sandbox-checked", appearance: kit.Dark, size: least, show: func(h *harness) { h.atAccount(h.sandboxChecked) }},
		{name: "small-paste-read", only: "pt-BR", size: least, show: read},
		{name: "small-tokens", only: "pt-BR", size: least, show: tokens},
		{name: "small-help", only: "ja", size: least, show: func(h *harness) {
			consent(h)
			h.a.ToggleHelp()
		}},
		{name: "wide-help", only: "en", size: fyne.NewSize(1440, 900), show: func(h *harness) {
			h.at(walk.OwnApp, walk.StepCredentials, withSellerLink, withCode)
			h.a.ToggleHelp()
		}},

		{name: "wide-copied", only: "en", size: fyne.NewSize(1440, 900), show: func(h *harness) {
			h.at(walk.Guide, walk.StepRegister, withSellerLink, withCode)
			for range 2 {
				h.clock.Pass(time.Second)
				h.key(fyne.KeyReturn)
			}
		}},
		{name: "small-this-computer", only: "pt-BR", appearance: kit.Dark, size: least, show: checkedUp},

		// Last, because it saves an account, which the first screen shows.
		{name: "finish-done", show: func(h *harness) {
			h.atTheEnd()
			h.press("finish.yes")
			h.until("the entry", func() bool { return len(h.a.env.Store.List()) == 1 })
			h.settle()
		}},
	}
}

// atTheEnd has copied both values of a guide's walk.
func (h *harness) atTheEnd() {
	h.at(walk.Guide, walk.StepRegister, withSellerLink, withCode)
	for range 3 {
		h.clock.Pass(time.Second)
		h.key(fyne.KeyReturn)
	}
}

// TestPictures compares the main screens with the pictures that are kept of
// them: what changed without anybody meaning it to shows here.
func TestPictures(t *testing.T) {
	eachLanguage(t, func(t *testing.T, lang string) {
		h := newHarness(t, lang)
		h.clock.Set(time.Date(2026, 11, 22, 14, 5, 0, 0, time.Local))
		h.a.Settings.Motion = shell.MotionLess // a caret that stands still
		origin := h.real.ConsentOrigin
		for _, p := range pictures() {
			if p.only != "" && p.only != lang {
				continue
			}
			t.Run(p.name, func(t *testing.T) {
				h.t = t
				h.fresh(kit.TextNormal)
				h.real.ConsentOrigin = origin
				if p.appearance == "" {
					p.appearance = kit.Light
				}
				if h.a.Settings.Appearance != p.appearance {
					h.a.SetLook(p.appearance, kit.TextNormal)
				}
				if p.size != (fyne.Size{}) {
					h.a.Win.Resize(p.size)
				}
				p.show(h)
				h.settle()
				c := h.a.Win.Canvas()
				if p.canvas != nil {
					c = p.canvas(h)
				}
				// Drawing clears the toolkit's caches when they are old; what it
				// then makes again has to be laid out.
				c.Capture()
				h.settle()
				compare(t, filepath.Join("testdata", "pictures", lang, p.name+".png"), plainly(c.Capture()))
			})
		}
		h.t = t
	})
}

// plainly is a picture as the comparison wants it.
func plainly(img image.Image) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

// compare fails when more than a few pixels differ by more than what another
// processor's arithmetic does to the edge of a letter, and leaves the picture
// that it got in out/.
func compare(t *testing.T, path string, got *image.NRGBA) {
	t.Helper()
	if *update {
		save(t, path, got)
		return
	}
	want, err := load(path)
	if err != nil {
		t.Fatalf("%v; make pictures takes it", err)
	}
	n, where := differences(got, want)
	const few = 30
	if n <= few {
		return
	}
	found := filepath.Join("..", "out", "pictures", filepath.Base(filepath.Dir(path)), filepath.Base(path))
	save(t, found, got)
	t.Errorf("%d pixels differ, in %v: see %s beside ui/%s. If it is meant to be so: make pictures", n, where, found[3:], path)
}

// differences counts the pixels that differ, and says where they are.
func differences(a, b *image.NRGBA) (n int, where image.Rectangle) {
	if a.Bounds() != b.Bounds() {
		return a.Bounds().Dx() * a.Bounds().Dy(), a.Bounds()
	}
	const most = 40
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if far(a.NRGBAAt(x, y), b.NRGBAAt(x, y), most) {
				n++
				where = where.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return n, where
}

// far reports whether two colours differ by more than that in red, green or blue.
func far(a, b color.NRGBA, most uint8) bool {
	differ := func(x, y uint8) bool { return max(x, y)-min(x, y) > most }
	return differ(a.R, b.R) || differ(a.G, b.G) || differ(a.B, b.B)
}

func load(path string) (*image.NRGBA, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return plainly(img), nil
}

func save(t *testing.T, path string, img *image.NRGBA) {
	t.Helper()
	// With 256 colours a file has a third of the size: the commonest ones, and
	// of the shades at the edges of letters those that are like no other.
	count := map[color.NRGBA]int{}
	for i := 0; i < len(img.Pix); i += 4 {
		count[color.NRGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3]}]++
	}
	common := slices.SortedFunc(maps.Keys(count), func(a, b color.NRGBA) int {
		return cmp.Or(count[b]-count[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	small := image.NewPaletted(img.Rect, nil)
	for i, c := range common {
		near := slices.ContainsFunc(small.Palette, func(o color.Color) bool {
			const close = 16
			return !far(c, o.(color.NRGBA), close)
		})
		if len(small.Palette) < 256 && (i < 100 || !near) {
			small.Palette = append(small.Palette, c)
		}
	}
	draw.Draw(small, small.Rect, img, image.Point{}, draw.Src)
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	if err := e.Encode(&b, small); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestDifferences: a letter that changed is seen, a hair's breadth is not.
func TestDifferences(t *testing.T) {
	blank := image.NewNRGBA(image.Rect(0, 0, 20, 20))
	near, far := image.NewNRGBA(blank.Rect), image.NewNRGBA(blank.Rect)
	for x := range 10 {
		near.SetNRGBA(x+3, 5, color.NRGBA{R: 32, G: 32, B: 32})
		far.SetNRGBA(x+3, 5, color.NRGBA{G: 128})
	}
	if n, _ := differences(blank, near); n != 0 {
		t.Errorf("%d pixels differ by a hair's breadth", n)
	}
	if n, where := differences(blank, far); n != 10 || where != image.Rect(3, 5, 13, 6) {
		t.Errorf("%d pixels differ, in %v", n, where)
	}
	if n, _ := differences(blank, image.NewNRGBA(image.Rect(0, 0, 20, 21))); n == 0 {
		t.Error("another size is no difference")
	}
}
