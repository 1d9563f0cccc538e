// Package logs writes the program's log into its data folder, for whoever
// helps a seller.
//
// A log is read by strangers. Secrets are kept out of it twice: their type
// ([lwa.Secret]) prints as a mask, and whatever gets here as plain text passes
// [Mask] before it is written.
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
	"sync"
)

const (
	fileName  = "sellerkey.log"
	crashName = "crash.log"
	// fileSize is when a new file is begun, fileCount how many are kept: what
	// can be mailed to somebody.
	fileSize  = 512 << 10
	fileCount = 3
)

// Open begins a log in dir, which is made if need be. Lines also go to also,
// which may be nil or lead nowhere. The returned function closes the log.
func Open(dir string, also io.Writer) (*slog.Logger, func(), error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	f := &rotating{dir: dir, size: fileSize, keep: fileCount}
	if err := f.open(); err != nil {
		return nil, nil, err
	}
	var out io.Writer = f
	if also != nil {
		// The file first: a program with a window has no standard error on
		// Windows, and a failure ends a MultiWriter's round.
		out = io.MultiWriter(f, also)
	}
	return New(out), f.close, nil
}

// New is a log with the mask on, written anywhere.
func New(out io.Writer) *slog.Logger {
	return slog.New(masked{slog.NewTextHandler(out, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			switch v := a.Value.Any().(type) {
			case string:
				a.Value = slog.StringValue(Mask(v))
			case error:
				a.Value = slog.StringValue(Mask(v.Error()))
			case fmt.Stringer:
				a.Value = slog.StringValue(Mask(v.String()))
			}
			return a
		},
	})})
}

// KeepCrashes has the Go runtime write a crash of this program into dir as
// well as to standard error. A trace names functions, not values.
func KeepCrashes(dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, crashName), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close() // the runtime keeps a descriptor of its own
	return debug.SetCrashOutput(f, debug.CrashOptions{})
}

// Remove removes the logs from dir, and dir itself when nothing else is in it.
// That there are none is no error.
func Remove(dir string) error {
	paths := []string{filepath.Join(dir, crashName)}
	r := &rotating{dir: dir}
	for n := range fileCount {
		paths = append(paths, r.path(n))
	}
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	_ = os.Remove(dir)
	return nil
}

// masked passes the message itself through Mask; attributes go through
// ReplaceAttr.
type masked struct{ slog.Handler }

func (m masked) Handle(ctx context.Context, r slog.Record) error {
	n := slog.NewRecord(r.Time, r.Level, Mask(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		n.AddAttrs(a)
		return true
	})
	return m.Handler.Handle(ctx, n)
}

func (m masked) WithAttrs(attrs []slog.Attr) slog.Handler { return masked{m.Handler.WithAttrs(attrs)} }

func (m masked) WithGroup(name string) slog.Handler { return masked{m.Handler.WithGroup(name)} }

// Mask blots out whatever looks like a secret: Amazon's tokens, client
// secrets, and the values of parameters that carry one.
func Mask(text string) string { return secretLike.ReplaceAllString(text, "$1[secret]") }

// secretLike is never changed. $1 is what stays in front of a value.
// A secret may be glued to what stands before it, so a match begins anywhere.
var secretLike = regexp.MustCompile(`At(?:z\.sprdt|z[a-z]?|c)(?:\||%(?:25)*7[Cc])[^\s"'&<>]+` +
	`|amzn1\.oa2-cs\.v1\.[^\s"'&<>]+` +
	`|\b[0-9a-f]{64}\b` +
	`|((?i:code|client_secret|refresh_token|access_token|state)["']?\s*[=:]\s*["']?)[^\s"'&<>,;]+`)

// rotating is a file that is put aside when it has grown, the oldest thrown away.
type rotating struct {
	dir  string
	size int64
	keep int

	mu   sync.Mutex
	f    *os.File
	used int64
}

func (r *rotating) path(n int) string {
	if n == 0 {
		return filepath.Join(r.dir, fileName)
	}
	return filepath.Join(r.dir, fmt.Sprintf("%s.%d", fileName, n))
}

func (r *rotating) open() error {
	f, err := os.OpenFile(r.path(0), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return err
	}
	r.f, r.used = f, info.Size()
	return nil
}

// Write appends a line. A log that cannot be written is no reason to stop.
func (r *rotating) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.f != nil && r.used+int64(len(p)) > r.size {
		r.f.Close()
		r.f = nil
		for n := r.keep - 1; n > 0; n-- {
			_ = os.Rename(r.path(n-1), r.path(n))
		}
		if err := r.open(); err != nil {
			return 0, err
		}
	}
	if r.f == nil {
		return 0, os.ErrClosed
	}
	n, err := r.f.Write(p)
	r.used += int64(n)
	return n, err
}

func (r *rotating) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.f != nil {
		r.f.Close()
		r.f = nil
	}
}
