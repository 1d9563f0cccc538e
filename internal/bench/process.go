//go:build linux

package bench

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// CPU is the CPU time of a process so far, of all its threads. It is what
// /proc/PID/stat says, but in nanoseconds instead of hundredths of a second.
func CPU(pid int) (time.Duration, error) {
	// The number of a process's clock: clock_getcpuclockid(3).
	const sched = 2
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|sched), &t); err != nil {
		return 0, err
	}
	return time.Duration(t.Nano()), nil
}

// PSS is the memory of processes in bytes: what each has for itself, and of
// what several share, its share.
func PSS(pids ...int) (bytes int64, err error) {
	for _, pid := range pids {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			return 0, err
		}
		for line := range strings.Lines(string(data)) {
			if rest, ok := strings.CutPrefix(line, "Pss:"); ok {
				kb, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
				if err != nil {
					return 0, err
				}
				bytes += kb << 10
			}
		}
	}
	return bytes, nil
}

// Family is a process and everything that it has started, down to the last.
func Family(pid int) []int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		// The name in brackets may hold anything, blanks as well.
		_, rest, _ := strings.Cut(string(data[max(0, strings.LastIndexByte(string(data), ')')):]), ") ")
		fields := strings.Fields(rest)
		child, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err != nil || len(fields) < 2 {
			continue
		}
		if parent, err := strconv.Atoi(fields[1]); err == nil {
			children[parent] = append(children[parent], child)
		}
	}
	all := []int{pid}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}

// Idle is how busy a process is for so long, in percent of a processor, while
// the others are stopped. Two that run at the same time do not take the same
// even if they are the same program: what wakes up after another, on the same
// processor or the other one, takes up to a third more or less, for as long as
// both run.
func Idle(during time.Duration, pid int, others ...int) (float64, error) {
	for _, other := range others {
		if err := unix.Kill(other, unix.SIGSTOP); err != nil {
			return 0, err
		}
		defer func() { _ = unix.Kill(other, unix.SIGCONT) }()
	}
	time.Sleep(100 * time.Millisecond) // it catches up on what it missed while it was stopped itself
	before, err := CPU(pid)
	if err != nil {
		return 0, err
	}
	began := time.Now()
	time.Sleep(during)
	passed := time.Since(began)
	after, err := CPU(pid)
	if err != nil {
		return 0, err
	}
	return 100 * (after - before).Seconds() / passed.Seconds(), nil
}
