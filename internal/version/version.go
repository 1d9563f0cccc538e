// Package version says which SellerKey this is, and where its project is.
package version

import "fmt"

// The project's pages. SellerKey never looks at them by itself.
const (
	Home     = "https://github.com/sellerkey/sellerkey"
	Releases = Home + "/releases" // newer versions
	// ReturnPage tells how to publish the return page.
	ReturnPage = Home + "/blob/main/docs/return-page.md"
	Issues     = Home + "/issues" // problems and questions
)

// The linker sets them: scripts/env.
var (
	number = "dev"
	commit = "" // abbreviated
	date   = "" // of the commit, 2006-01-02 in UTC
)

// Number is the version: 0.1.0, or "dev" in a build without the flags of
// scripts/env.
func Number() string { return number }

// Build names the commit and its date, separated by a comma; "" if unknown.
func Build() string {
	if commit == "" {
		return ""
	}
	return commit + ", " + date
}

// Text is what a program answers when asked for its version: its name with
// version and commit, then the addresses for newer versions and for problems,
// each on a line of its own.
func Text(program string) string {
	first := program + " " + number
	if b := Build(); b != "" {
		first += " (" + b + ")"
	}
	return fmt.Sprintf("%s\n%s\n%s", first, Releases, Issues)
}
