// Package instance lets one process own a folder, and later starts call the
// owner's window to the front.
package instance

import (
	"bufio"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/disk"
)

// The files of this package in an owned folder.
const (
	lockName = "instance.lock"
	portName = "instance.port"
)

const (
	// claimPatience is how long a second start waits for a first one that says
	// nothing.
	claimPatience = 3 * time.Second
	// closingPatience is how long it waits for one that says it is closing: that
	// one may still be saving, and then this one takes its place.
	closingPatience = 20 * time.Second
	// answerPatience is how long one call may take.
	answerPatience = time.Second
	// longestCall is more than the longest path of any system, escaped.
	longestCall = 512 << 10
)

// ErrNoAnswer: another SellerKey owns the folder and does not come to the front.
var ErrNoAnswer = errors.New("instance: the running SellerKey does not answer")

// errClosing: the owner's window is gone, and the folder will soon be nobody's.
var errClosing = errors.New("instance: the running SellerKey is closing")

// What an owner answers.
const (
	answerShown   = "shown\n"
	answerClosing = "closing\n"
)

// Unclaim removes the files of [Claim] from a folder without an owner.
func Unclaim(dir string) {
	for _, name := range []string{lockName, portName, disk.TempName(portName)} {
		_ = disk.Remove(filepath.Join(dir, name))
	}
}

// Claim makes this process the one that owns dir, which it makes when it is
// missing. When another process owns it, that one is asked to show its window
// and to open arg, "" for nothing, and first is false. show runs in its own
// goroutine for every later start, with the arg of that start, and reports
// whether the seller will see it: false once the window is closing. Then that
// start waits until the folder is free and becomes its owner. show answers
// within half a second. release may be called more than once.
//
// With first true and an error, the process owns dir and cannot be called to
// the front; with first false and an error ([ErrNoAnswer]) the other one did
// not answer. Nothing but the wish to show and arg travels between the two.
func Claim(dir, arg string, show func(arg string) bool) (release func(), first bool, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return func() {}, true, err
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return func() {}, true, err
	}
	began, patience := time.Now(), claimPatience
	for ; ; time.Sleep(50 * time.Millisecond) {
		ok, err := disk.TryLock(lock)
		if err != nil {
			_ = lock.Close()
			return func() {}, true, err
		}
		if ok {
			break
		}
		err = call(dir, arg)
		if err == nil {
			_ = lock.Close()
			return func() {}, false, nil
		}
		if errors.Is(err, errClosing) {
			patience = closingPatience
		}
		if time.Since(began) > patience {
			_ = lock.Close()
			return func() {}, false, ErrNoAnswer
		}
	}
	l, token, err := listen(dir)
	if err != nil {
		return sync.OnceFunc(func() { _ = lock.Close() }), true, err
	}
	go serve(l, token, show)
	return sync.OnceFunc(func() {
		_ = l.Close()
		_ = lock.Close()
	}), true, nil
}

// listen opens a port of this computer, and writes its number and a password
// into a file that only this person can read: any program can reach a port. The
// caller owns the folder, so an older file is of an owner that died.
func listen(dir string) (net.Listener, string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, "", err
	}
	token := rand.Text()
	if err := disk.Write(filepath.Join(dir, portName), []byte(l.Addr().String()+"\n"+token+"\n"), 0o600); err != nil {
		_ = l.Close()
		return nil, "", err
	}
	return l, token, nil
}

// serve calls show for clients that know the token.
func serve(l net.Listener, token string, show func(arg string) bool) {
	for {
		c, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		go func() {
			defer c.Close()
			_ = c.SetDeadline(time.Now().Add(answerPatience))
			line, err := bufio.NewReader(io.LimitReader(c, longestCall)).ReadString('\n')
			if err != nil {
				return
			}
			wish, escaped, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			arg, err := url.PathUnescape(escaped)
			if err != nil || subtle.ConstantTimeCompare([]byte(wish), []byte("show "+token)) != 1 {
				return
			}
			answer := answerClosing
			if show(arg) {
				answer = answerShown
			}
			_, _ = io.WriteString(c, answer)
		}()
	}
}

// call asks the owner of dir to show its window and to open arg.
func call(dir, arg string) error {
	data, err := os.ReadFile(filepath.Join(dir, portName))
	if err != nil {
		return err
	}
	lines := strings.Fields(string(data))
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "127.0.0.1:") {
		return errors.New("not a port file")
	}
	c, err := net.DialTimeout("tcp", lines[0], answerPatience)
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(answerPatience))
	allowForeground()
	// Escaped: a path may hold anything but a NUL.
	if _, err := fmt.Fprintf(c, "show %s\t%s\n", lines[1], url.PathEscape(arg)); err != nil {
		return err
	}
	answer, err := bufio.NewReader(io.LimitReader(c, 128)).ReadString('\n')
	if err != nil {
		return err
	}
	switch answer {
	case answerShown:
		return nil
	case answerClosing:
		return errClosing
	}
	return errors.New("a strange answer")
}
