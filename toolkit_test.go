package main

import (
	"errors"
	"log"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// TestToolkitLog: what Fyne prints when it can't draw is noticed, with the cause;
// its other lines aren't, and neither is a later window that fails.
func TestToolkitLog(t *testing.T) {
	var printed strings.Builder
	var causes []string
	l := &toolkitLog{to: &printed, noWindow: func(cause string) { causes = append(causes, cause) }}
	before := log.Writer()
	log.SetOutput(l)
	t.Cleanup(func() { log.SetOutput(before) })
	say := fyne.LogError
	say("failed to create the cache", errors.New("no such file"))
	if len(causes) > 0 {
		t.Errorf("%q", causes)
	}
	say("failed to initialise GLFW", errors.New("PlatformUnavailable: no platform"))
	say("window creation error", errors.New("APIUnavailable: GLX extension not found"))
	if got := strings.Join(causes, "; "); got != "PlatformUnavailable: no platform; APIUnavailable: GLX extension not found" {
		t.Errorf("%q", got)
	}
	l.drawn.Store(true)
	say("window creation error", errors.New("out of memory"))
	if len(causes) != 2 || !strings.Contains(printed.String(), "out of memory") {
		t.Errorf("%q, printed %q", causes, &printed)
	}
}
