//go:build !windows && !darwin

package native

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	portalRequest = "org.freedesktop.portal.Request"
	// portalPatience is how long the portal may take to show its window.
	portalPatience = 10 * time.Second
)

// ChooseFile shows the desktop's file window and returns the path that was
// chosen; "" when the person chose none. It returns after the answer, when ctx
// ends, or with [ErrNoFileWindow].
//
// The library that Fyne has for this waits forever for a portal that has died,
// takes any program's answer, and turns + in a path into a space.
// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.FileChooser.html
func ChooseFile(ctx context.Context, q FileQuestion) (string, error) {
	bus, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return "", ErrNoFileWindow
	}
	defer bus.Close() //nolint:errcheck // nothing was written
	heard := make(chan *dbus.Signal, 8)
	bus.Signal(heard)
	// The answer has a place that is known beforehand, so that it cannot be missed.
	token := "sellerkey" + rand.Text()
	request := dbus.ObjectPath(portalPath + "/request/" + strings.ReplaceAll(strings.TrimPrefix(bus.Names()[0], ":"), ".", "_") + "/" + token)
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchObjectPath(request), dbus.WithMatchInterface(portalRequest), dbus.WithMatchMember("Response")},
		{dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, portalName)},
	} {
		if bus.AddMatchSignalContext(ctx, match...) != nil {
			return "", ErrNoFileWindow
		}
	}
	method, parent := "OpenFile", ""
	if q.Save {
		method = "SaveFile"
	}
	if q.Parent != 0 {
		parent = fmt.Sprintf("x11:%x", q.Parent)
	}
	asking, cancel := context.WithTimeout(ctx, portalPatience)
	defer cancel()
	if bus.Object(portalName, portalPath).CallWithContext(asking, "org.freedesktop.portal.FileChooser."+method, 0, parent, q.Title, q.options(token)).Err != nil {
		return "", ErrNoFileWindow
	}
	for {
		select {
		case <-ctx.Done(): // the portal closes its window when the connection ends
			return "", ctx.Err()
		case s, open := <-heard:
			switch {
			case !open: // the bus is gone
				return "", ErrNoFileWindow
			case s.Path == request:
				return chosen(s.Body)
			case len(s.Body) == 3 && s.Body[0] == portalName && s.Body[2] == "":
				return "", ErrNoFileWindow // the portal has ended
			}
		}
	}
}

// options are those of the portal's method.
func (q FileQuestion) options(token string) map[string]dbus.Variant {
	options := map[string]dbus.Variant{
		"handle_token":   dbus.MakeVariant(token),
		"modal":          dbus.MakeVariant(true),
		"current_folder": dbus.MakeVariant(append([]byte(q.Folder), 0)),
	}
	if q.Save {
		options["current_name"] = dbus.MakeVariant(q.Name)
	}
	if len(q.Extensions) > 0 {
		type rule struct {
			Type    uint32 // 0: by name
			Pattern string
		}
		type filter struct {
			Name  string
			Rules []rule
		}
		only := filter{Name: q.Kind}
		for _, ext := range q.Extensions {
			only.Rules = append(only.Rules, rule{Pattern: "*" + ext})
		}
		options["filters"] = dbus.MakeVariant([]filter{only})
	}
	return options
}

// chosen reads the portal's answer: 0 and addresses, or that nothing was chosen.
func chosen(body []any) (string, error) {
	if len(body) != 2 || body[0] != uint32(0) {
		return "", nil
	}
	results, _ := body[1].(map[string]dbus.Variant)
	addresses, _ := results["uris"].Value().([]string)
	if len(addresses) == 0 {
		return "", nil
	}
	u, err := url.Parse(addresses[0])
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", ErrNoFileWindow
	}
	return u.Path, nil
}
