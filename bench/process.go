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

// Idle is how busy processes are over the same time, in percent of a processor.
func Idle(during time.Duration, pids ...int) ([]float64, error) {
	took := make([]float64, len(pids))
	for i, pid := range pids {
		before, err := CPU(pid)
		if err != nil {
			return nil, err
		}
		took[i] = -before.Seconds()
	}
	began := time.Now()
	time.Sleep(during)
	passed := time.Since(began).Seconds()
	for i, pid := range pids {
		after, err := CPU(pid)
		if err != nil {
			return nil, err
		}
		took[i] = 100 * (took[i] + after.Seconds()) / passed
	}
	return took, nil
}
