// Package lazy puts off work that every start of a program would pay for.
package lazy

import (
	"regexp"
	"sync"
)

// Regexp returns a function that compiles expr when it's first called, and
// panics then if expr isn't a regular expression. It is safe for concurrent use.
func Regexp(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
