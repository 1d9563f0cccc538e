// Command measure prints the numbers that we watch: how much code there is, how
// tangled it is, how much of it other packages can see. "make measure" runs it;
// --against REV measures another commit next to the working tree.
//
// It counts the program without its tests and without the packages that drive
// or measure it (see [outside]).
package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	against := flag.String("against", "", "also measure this commit")
	flag.Parse()
	if err := run(os.Stdout, *against); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, against string) error {
	now, err := measure(".")
	if err != nil {
		return err
	}
	if against == "" {
		print(w, []string{"here"}, []table{now})
		return nil
	}
	dir, err := checkout(against)
	if dir != "" {
		defer os.RemoveAll(dir)
	}
	if err != nil {
		return err
	}
	before, err := measure(dir)
	if err != nil {
		return err
	}
	print(w, []string{against, "here"}, []table{before, now})
	return nil
}

// checkout puts the files of a commit into a new folder.
func checkout(rev string) (string, error) {
	dir, err := os.MkdirTemp("", "measure")
	if err != nil {
		return "", err
	}
	archive := exec.Command("git", "archive", "--format=tar", rev)
	extract := exec.Command("tar", "-x", "-C", dir)
	archive.Stderr, extract.Stderr = os.Stderr, os.Stderr
	if extract.Stdin, err = archive.StdoutPipe(); err != nil {
		return dir, err
	}
	if err := extract.Start(); err != nil {
		return dir, err
	}
	if err := archive.Run(); err != nil {
		return dir, fmt.Errorf("git archive %s: %w", rev, err)
	}
	return dir, extract.Wait()
}

// row is one measure: its name, its number, and what it consists of.
type row struct {
	name, value string
	notes       []string
}

type table []row

// print writes the tables side by side, by the names of the rows. Notes follow
// for the last table, which is what one can change.
func print(w io.Writer, titles []string, tables []table) {
	var names []string
	values := make([]map[string]string, len(tables))
	for i, t := range tables {
		values[i] = make(map[string]string)
		for _, r := range t {
			values[i][r.name] = r.value
		}
	}
	for _, t := range slices.Backward(tables) {
		for at, r := range t {
			if slices.Contains(names, r.name) {
				continue
			}
			// A row that only the other table has goes after its neighbor.
			place := len(names)
			if at > 0 {
				place = slices.Index(names, t[at-1].name) + 1
			}
			names = slices.Insert(names, place, r.name)
		}
	}
	fmt.Fprintf(w, "%-58s", "")
	for _, title := range titles {
		fmt.Fprintf(w, "%14s", title)
	}
	fmt.Fprintln(w)
	for _, name := range names {
		fmt.Fprintf(w, "%-58s", name)
		for i := range tables {
			value, ok := values[i][name]
			if !ok {
				value = "–"
			}
			fmt.Fprintf(w, "%14s", value)
		}
		fmt.Fprintln(w)
	}
	for _, r := range tables[len(tables)-1] {
		if len(r.notes) > 0 {
			fmt.Fprintf(w, "\n%s\n    %s\n", r.name, strings.Join(r.notes, "\n    "))
		}
	}
}

// measure takes all measures of the source in a folder.
func measure(dir string) (table, error) {
	packages, err := load(dir)
	if err != nil {
		return nil, err
	}
	readme, err := os.ReadFile(dir + "/README.md")
	if err != nil {
		return nil, err
	}
	var t table
	t = append(t, lines(packages)...)
	t = append(t, arrows(packages)...)
	t = append(t, methods(packages)...)
	t = append(t, exported(packages)...)
	t = append(t, functions(packages)...)
	t = append(t, longFiles(packages), languages(packages), kinds(packages))
	return append(t, row{name: "words in README.md", value: fmt.Sprint(len(strings.Fields(string(readme))))}), nil
}

// byName sorts packages by their short path.
func byName(packages map[string]*pkg) []*pkg {
	var sorted []*pkg
	for _, name := range slices.Sorted(maps.Keys(packages)) {
		sorted = append(sorted, packages[name])
	}
	return sorted
}
