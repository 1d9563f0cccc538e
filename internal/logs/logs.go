// Package logs writes the program's log into its data folder, for the person
// who helps a seller.
//
// Strangers read logs, so secrets are kept out of them twice: their type
// ([lwa.Secret]) prints as a mask, and everything that looks like a secret is
// masked before it is written.
package logs

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
)

const (
	fileName  = "sellerkey.log"
	oldName   = "sellerkey.log.old"
	crashName = "crash.log"
	// maxSize is when a start of the program begins a new file, in bytes: both
	// files together can be mailed.
	maxSize = 1 << 20
)

// Open opens the log in dir, which is created if need be. Lines also go to also,
// unless that is nil; errors of also are ignored. The returned function closes
// the log.
func Open(dir string, also io.Writer) (*slog.Logger, func(), error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, fileName)
	if info, err := os.Stat(path); err == nil && info.Size() > maxSize {
		_ = os.Rename(path, filepath.Join(dir, oldName)) // else the file grows
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, nil, err
	}
	var out io.Writer = f
	if also != nil {
		// The file first: on Windows a program with a window has no standard
		// error, and a MultiWriter stops at the first failure.
		out = io.MultiWriter(f, also)
	}
	return newLogger(out), func() { _ = f.Close() }, nil
}

// newLogger returns a logger that masks secrets.
func newLogger(out io.Writer) *slog.Logger {
	return slog.New(masked{slog.NewTextHandler(out, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch v := a.Value.Any().(type) {
			case string:
				a.Value = slog.StringValue(mask(v))
			case error:
				a.Value = slog.StringValue(mask(v.Error()))
			case fmt.Stringer:
				a.Value = slog.StringValue(mask(v.String()))
			}
			return a
		},
	})})
}

// KeepCrashes has the Go runtime write crashes of this program into dir as well
// as to standard error. A trace contains functions, not values.
func KeepCrashes(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, crashName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() // the runtime duplicates the descriptor
	return debug.SetCrashOutput(f, debug.CrashOptions{})
}

// Remove removes the logs from dir, and dir itself if it's empty then. Missing
// files are not an error.
func Remove(dir string) error {
	for _, name := range []string{fileName, oldName, crashName} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	_ = os.Remove(dir)
	return nil
}

// masked masks the message; ReplaceAttr masks the attributes.
type masked struct{ slog.Handler }

func (m masked) Handle(ctx context.Context, r slog.Record) error {
	n := slog.NewRecord(r.Time, r.Level, mask(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		n.AddAttrs(a)
		return true
	})
	return m.Handler.Handle(ctx, n)
}

func (m masked) WithAttrs(attrs []slog.Attr) slog.Handler { return masked{m.Handler.WithAttrs(attrs)} }

func (m masked) WithGroup(name string) slog.Handler { return masked{m.Handler.WithGroup(name)} }

// mask replaces what looks like a secret: Amazon's tokens, however their bar is
// written, client secrets, the values of parameters and headers that hold one,
// and passwords in addresses. It is the second net; [lwa.Secret] is the first.
func mask(text string) string {
	text = secretLike.ReplaceAllString(text, "$1[secret]")
	return passwordLike.ReplaceAllString(text, "$1[secret]@")
}

// secretLike keeps $1, the name in front of a value. A secret may follow other
// text without a space, so a match starts anywhere.
var secretLike = regexp.MustCompile(`(?i)At(?:z\.sprdt|z[a-z]?|c)(?:[|│｜¦]|%(?:25)*7C|\\+u\{?0*7c\}?|\\+x7c|&(?:amp;)*(?:#124|#x7c|verbar|vert|VerticalLine);)[^\s"'&<>]+` +
	`|amzn1\.oa2-cs\.v1\.[^\s"'&<>]+` +
	`|[0-9a-f]{64,}` +
	`|((?:authorization["']?\s*[=:]\s*["']?(?:bearer|basic)?|bearer)\s+|` +
	`(?:code|client_secret|clientsecret|refresh_token|access_token|x-amz-access-token|id_token|state|password|passphrase)["']?\s*[=:]\s*["']?)[^\s"'&<>,;]+`)

// passwordLike is a user and a password in an address, as of a proxy.
var passwordLike = regexp.MustCompile(`(:/{2}[^\s/@:"']*:)[^\s/@"']+@`)
