//go:build window && linux

package bench

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"image"
	"os"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// Screen is the virtual screen as Xvfb keeps it in memory. Looking at it asks
// nobody for anything, so that what is measured is not disturbed.
type Screen struct {
	pixels        []byte // 4 bytes each, row by row
	width, height int
}

// pixel is the size of one.
const pixel = 4

// OpenScreen maps the file of Xvfb's -fbdir: a header in the format of xwd
// (X11/XWDFile.h), a table of colours, the pixels. It stays mapped: a recording
// may last longer than the test that asked for it.
func OpenScreen(path string) (*Screen, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	mem, err := unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	field := func(n int) int { return int(binary.BigEndian.Uint32(mem[4*n:])) }
	const headerSize, width, height, bitsPerPixel, bytesPerLine, colors = 0, 4, 5, 11, 12, 19
	s := &Screen{width: field(width), height: field(height)}
	start := field(headerSize) + 12*field(colors)
	if field(bitsPerPixel) != 8*pixel || field(bytesPerLine) != pixel*s.width || start+pixel*s.width*s.height > len(mem) {
		_ = unix.Munmap(mem)
		return nil, fmt.Errorf("%s is not a screen of 32 bits a pixel", path)
	}
	s.pixels = mem[start : start+pixel*s.width*s.height]
	return s, nil
}

// Bounds is the whole screen.
func (s *Screen) Bounds() image.Rectangle { return image.Rect(0, 0, s.width, s.height) }

// Frame is what an area of the screen showed from a moment on.
type Frame struct {
	At   time.Time
	CPU  time.Duration // of the watched process, up to then
	Area image.Rectangle
	pix  []byte
}

// Recording collects the frames of an area while it runs. Changes that are
// lower than eight rows of pixels may be missed: a line, not a line of text.
type Recording struct {
	screen *Screen
	area   image.Rectangle
	pid    int
	end    chan struct{}
	done   chan struct{}

	mu     sync.Mutex
	frames []Frame
}

// Record looks at an area once a millisecond and keeps every new picture. With
// a process's number it notes that process's CPU time, too; 0 is none.
func (s *Screen) Record(area image.Rectangle, pid int) *Recording {
	r := &Recording{screen: s, area: area.Intersect(s.Bounds()), pid: pid, end: make(chan struct{}), done: make(chan struct{})}
	go r.run()
	return r
}

func (r *Recording) run() {
	defer close(r.done)
	seed := maphash.MakeSeed()
	var last uint64
	for {
		if now := r.look(seed); now != last {
			last = now
			f := Frame{At: time.Now(), Area: r.area, pix: r.screen.copy(r.area)}
			r.mu.Lock()
			if r.pid != 0 {
				f.CPU, _ = CPU(r.pid) // 0 when it has ended
			}
			r.frames = append(r.frames, f)
			r.mu.Unlock()
		}
		select {
		case <-r.end:
			return
		case <-time.After(time.Millisecond):
		}
	}
}

// look sums up every eighth row.
func (r *Recording) look(seed maphash.Seed) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for y := r.area.Min.Y; y < r.area.Max.Y; y += 8 {
		_, _ = h.Write(r.screen.row(y, r.area))
	}
	return h.Sum64()
}

func (s *Screen) row(y int, area image.Rectangle) []byte {
	return s.pixels[pixel*(y*s.width+area.Min.X) : pixel*(y*s.width+area.Max.X)]
}

func (s *Screen) copy(area image.Rectangle) []byte {
	b := make([]byte, 0, pixel*area.Dx()*area.Dy())
	for y := area.Min.Y; y < area.Max.Y; y++ {
		b = append(b, s.row(y, area)...)
	}
	return b
}

// Watch tells the recording whose CPU time to note.
func (r *Recording) Watch(pid int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pid = pid
}

// errRestless is the error of a picture that goes on changing.
var errRestless = errors.New("the screen has not come to rest")

// Rest waits until something has changed and then nothing more for a while.
func (r *Recording) Rest(quiet, patience time.Duration) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		r.mu.Lock()
		n := len(r.frames)
		rested := n > 1 && time.Since(r.frames[n-1].At) > quiet
		r.mu.Unlock()
		if rested {
			return nil
		}
	}
	return errRestless
}

// Stop ends the recording and returns what it saw, the first frame being what
// was there before.
func (r *Recording) Stop() []Frame {
	close(r.end)
	<-r.done
	return r.frames
}

// in is the frame's part in an area.
func (f Frame) in(area image.Rectangle) []byte {
	area = area.Intersect(f.Area)
	b := make([]byte, 0, pixel*area.Dx()*area.Dy())
	for y := area.Min.Y - f.Area.Min.Y; y < area.Max.Y-f.Area.Min.Y; y++ {
		row := pixel * (y*f.Area.Dx() + area.Min.X - f.Area.Min.X)
		b = append(b, f.pix[row:row+pixel*area.Dx()]...)
	}
	return b
}

// differ is how many of the pixels of two pictures of one size differ, 0 to 1.
func differ(a, b []byte) float64 {
	n := 0
	for i := 0; i < len(a); i += pixel {
		if a[i] != b[i] || a[i+1] != b[i+1] || a[i+2] != b[i+2] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(a)/pixel))
}

// Painted is the first frame with content in an area: in which more than one
// pixel of a thousand has not the colour of the corner.
func Painted(frames []Frame, area image.Rectangle) (Frame, bool) {
	for _, f := range frames {
		b := f.in(area)
		blank := make([]byte, len(b))
		for i := 0; i < len(b); i += pixel {
			copy(blank[i:], b[:pixel])
		}
		if differ(b, blank) > 0.001 {
			return f, true
		}
	}
	return Frame{}, false
}

// Whole is the first frame of those after which an area stays as it is at the
// end, but for a cursor or a clock: for one pixel of two hundred.
func Whole(frames []Frame, area image.Rectangle) (Frame, bool) {
	if len(frames) == 0 {
		return Frame{}, false
	}
	last := frames[len(frames)-1].in(area)
	first := len(frames) - 1
	for first > 0 && differ(frames[first-1].in(area), last) < 0.005 {
		first--
	}
	return frames[first], true
}
