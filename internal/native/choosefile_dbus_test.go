//go:build linux

package native

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// filePortal is a desktop with a file window. Its person answers each question.
type filePortal struct {
	bus    *dbus.Conn
	asked  chan fileAsked
	answer func(p *filePortal, request dbus.ObjectPath)
}

type fileAsked struct {
	method, parent, title string
	options               map[string]dbus.Variant
}

func (p *filePortal) OpenFile(sender dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return p.ask("OpenFile", sender, parent, title, options)
}

func (p *filePortal) SaveFile(sender dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return p.ask("SaveFile", sender, parent, title, options)
}

func (p *filePortal) ask(method string, sender dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	p.asked <- fileAsked{method, parent, title, options}
	token, _ := options["handle_token"].Value().(string)
	request := dbus.ObjectPath(portalPath + "/request/" + strings.ReplaceAll(string(sender)[1:], ".", "_") + "/" + token)
	p.answer(p, request)
	return request, nil
}

// answers is a person who gives an answer, at once.
func answers(code uint32, addresses ...string) func(*filePortal, dbus.ObjectPath) {
	return func(p *filePortal, request dbus.ObjectPath) {
		p.respond(request, code, addresses...)
	}
}

func (p *filePortal) respond(request dbus.ObjectPath, code uint32, addresses ...string) {
	results := map[string]dbus.Variant{}
	if addresses != nil {
		results["uris"] = dbus.MakeVariant(addresses)
	}
	_ = p.bus.Emit(request, portalRequest+".Response", code, results)
}

// startFilePortal puts it on a bus of its own.
func startFilePortal(t *testing.T, answer func(*filePortal, dbus.ObjectPath)) *filePortal {
	t.Helper()
	privateBus(t)
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	p := &filePortal{bus: bus, asked: make(chan fileAsked, 1), answer: answer}
	if err := bus.Export(p, portalPath, "org.freedesktop.portal.FileChooser"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName(portalName, 0); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestChooseFile(t *testing.T) {
	const path = "/home/seller/ダウンロード/a+b & c%20d/100% #1.toml"
	address := (&url.URL{Scheme: "file", Path: path}).String()
	for name, c := range map[string]struct {
		answer  func(*filePortal, dbus.ObjectPath)
		want    string
		wantErr error
	}{
		"chosen":               {answers(0, address), path, nil},
		"canceled":             {answers(1), "", nil},
		"closed":               {answers(2), "", nil},
		"nothing in it":        {answers(0), "", nil},
		"on another computer":  {answers(0, "sftp://nas.example/a.toml"), "", ErrNoFileWindow},
		"not an address":       {answers(0, "file:///a%zz"), "", ErrNoFileWindow},
		"another's answer too": {func(p *filePortal, r dbus.ObjectPath) { p.respond(r+"x", 0, "file:///other"); p.respond(r, 0, address) }, path, nil},
		"it ends": {func(p *filePortal, _ dbus.ObjectPath) {
			_, _ = p.bus.ReleaseName(portalName)
		}, "", ErrNoFileWindow},
	} {
		t.Run(name, func(t *testing.T) {
			startFilePortal(t, c.answer)
			got, err := ChooseFile(t.Context(), FileQuestion{Title: "Open", Folder: "/"})
			if got != c.want || !errors.Is(err, c.wantErr) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// TestChooseFileAsks: what the portal is asked for.
func TestChooseFileAsks(t *testing.T) {
	p := startFilePortal(t, answers(1))
	for _, q := range []FileQuestion{
		{Title: "開く", Folder: "/home/seller/ダウンロード", Kind: "設定ファイル", Extensions: []string{".sellerkey", ".toml"}, Parent: 0xABC},
		{Title: "Save", Folder: "/tmp", Save: true, Name: "a b.env"},
	} {
		if _, err := ChooseFile(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		got := <-p.asked
		if folder := got.options["current_folder"].Value(); !reflect.DeepEqual(folder, append([]byte(q.Folder), 0)) || got.title != q.Title {
			t.Errorf("%q in %q", got.title, folder)
		}
		switch {
		case q.Save:
			if got.method != "SaveFile" || got.parent != "" || got.options["current_name"].Value() != q.Name {
				t.Errorf("%+v", got)
			}
		default:
			want := [][]any{{q.Kind, [][]any{{uint32(0), "*.sellerkey"}, {uint32(0), "*.toml"}}}}
			if filters := got.options["filters"].Value(); got.method != "OpenFile" || got.parent != "x11:abc" || !reflect.DeepEqual(filters, want) {
				t.Errorf("%s %s %v", got.method, got.parent, filters)
			}
		}
	}
}

// TestNoFileWindow: without a bus, without a portal, and with one that has no file
// window, the toolkit's is left.
func TestNoFileWindow(t *testing.T) {
	ask := func(what string) {
		t.Helper()
		if got, err := ChooseFile(t.Context(), FileQuestion{}); got != "" || !errors.Is(err, ErrNoFileWindow) {
			t.Errorf("%s: %q, %v", what, got, err)
		}
	}
	privateBus(t)
	ask("no portal")
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	if _, err := bus.RequestName(portalName, 0); err != nil {
		t.Fatal(err)
	}
	ask("a portal without a file window")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+t.TempDir()+"/none")
	ask("no bus")
}

// TestChooseFileEnds: with the program the question ends.
func TestChooseFileEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	startFilePortal(t, func(*filePortal, dbus.ObjectPath) { cancel() })
	if got, err := ChooseFile(ctx, FileQuestion{}); got != "" || err == nil {
		t.Errorf("%q, %v", got, err)
	}
}
