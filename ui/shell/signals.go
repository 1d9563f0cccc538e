package shell

import (
	"os"
	"os/signal"
	"syscall"

	"fyne.io/fyne/v2"
)

// endOnSignals closes the window when the system ends the program: a log-out, a
// shutdown, kill, Ctrl+C. The toolkit's own handler would end without a word to
// the window; on X11 it then gives what is on the clipboard to the clipboard
// manager, which keeps it (ICCCM, SAVE_TARGETS). So its handler is removed.
//
// It is called once a secret is on the clipboard, because the toolkit sets up its
// handler at an unknown moment after its start.
func (w *Window) endOnSignals() {
	ends := []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}
	signal.Reset(ends...)
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, ends...)
	go func() {
		select {
		case <-ended:
			fyne.Do(w.Close)
		case <-w.running.Done():
		}
	}()
}
