package main

import (
	"cmp"
	"fmt"
	"go/types"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// graph are the arrows between the files of a package: from a file to the files
// that declare the package-level names and methods it uses, with these names.
type graph map[string]map[string][]string

func (g graph) has(from, to string) bool { return len(g[from][to]) > 0 }

func (g graph) size() int {
	n := 0
	for _, to := range g {
		n += len(to)
	}
	return n
}

func (p *pkg) graph() graph {
	g := make(graph)
	fileOf := make(map[string]string) // by what the file set calls it
	for _, f := range p.files {
		if f.here {
			g[f.name] = make(map[string][]string)
			fileOf[p.fset.Position(f.ast.Pos()).Filename] = f.name
		}
	}
	arrow := func(from, to, name string) {
		if from != to && from != "" && to != "" && !slices.Contains(g[from][to], name) {
			g[from][to] = append(g[from][to], name)
		}
	}
	for ident, object := range p.info.Uses {
		if isTopLevel(object, p.types) {
			arrow(fileOf[p.fset.Position(ident.Pos()).Filename], fileOf[p.fset.Position(object.Pos()).Filename], object.Name())
		}
	}
	return g
}

// isTopLevel reports whether an object is a name that the package declares, or
// a method.
func isTopLevel(o types.Object, p *types.Package) bool {
	if o.Pkg() != p {
		return false
	}
	if f, ok := o.(*types.Func); ok {
		return !isInterfaceMethod(f)
	}
	return o.Parent() == p.Scope()
}

func isInterfaceMethod(f *types.Func) bool {
	receiver := f.Signature().Recv()
	return receiver != nil && types.IsInterface(receiver.Type())
}

// bigPackages are those that are big enough to get tangled.
func bigPackages() []string {
	return []string{"ui", "ui/shell", "ui/kit", "lwa", "paste", "account", "vault", "main"}
}

func arrows(packages map[string]*pkg) []row {
	var rows []row
	for _, name := range bigPackages() {
		p, ok := packages[name]
		if !ok {
			continue
		}
		g := p.graph()
		up := g.up()
		circles := g.circles()
		r := row{name: "arrows between files, of these up, circles: " + name, value: fmt.Sprintf("%d / %d / %d", g.size(), len(up), len(circles))}
		r.notes = append(r.notes, up...)
		for _, c := range circles {
			r.notes = append(r.notes, "circle: "+strings.Join(c, " "))
		}
		rows = append(rows, r)
	}
	return rows
}

// circles are the groups of files that use each other, directly or not.
func (g graph) circles() [][]string {
	reach := make(map[string]map[string]bool)
	for from := range g {
		reach[from] = make(map[string]bool)
		for todo := []string{from}; len(todo) > 0; {
			next := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for to := range g[next] {
				if !reach[from][to] {
					reach[from][to] = true
					todo = append(todo, to)
				}
			}
		}
	}
	var circles [][]string
	seen := make(map[string]bool)
	for _, a := range slices.Sorted(maps.Keys(g)) {
		if seen[a] || !reach[a][a] {
			continue
		}
		var circle []string
		for _, b := range slices.Sorted(maps.Keys(g)) {
			if reach[a][b] && reach[b][a] {
				seen[b] = true
				circle = append(circle, b)
			}
		}
		circles = append(circles, circle)
	}
	return circles
}

// up stacks the files of each circle in the order in which the fewest arrows
// run up, and returns these. Finding the best order of many files exactly would
// take too long: it starts from many orders and moves files while that helps.
func (g graph) up() []string {
	var up []string
	for _, circle := range g.circles() {
		best := g.stack(circle)
		for i, from := range best {
			for _, to := range best[:i] {
				if g.has(from, to) {
					up = append(up, from+" → "+to+": "+strings.Join(slices.Sorted(slices.Values(g[from][to])), ", "))
				}
			}
		}
	}
	slices.Sort(up)
	return up
}

func (g graph) stack(files []string) []string {
	const starts = 200
	chance := rand.New(rand.NewPCG(1, 2)) // the same result every time
	var best []string
	for range starts {
		order := slices.Clone(files)
		chance.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for g.improve(order) {
		}
		if best == nil || g.cost(order) < g.cost(best) {
			best = order
		}
	}
	return best
}

// cost is the number of arrows that run up.
func (g graph) cost(order []string) int {
	n := 0
	for i, from := range order {
		for _, to := range order[:i] {
			if g.has(from, to) {
				n++
			}
		}
	}
	return n
}

// improve moves one file to where it saves the most arrows, and reports whether
// that saved any.
func (g graph) improve(order []string) bool {
	type move struct{ from, to, gain int }
	best := move{}
	for from, f := range order {
		gain := 0
		for to := from - 1; to >= 0; to-- { // f passes order[to] on the way up
			gain += one(g.has(f, order[to])) - one(g.has(order[to], f))
			best = slices.MaxFunc([]move{best, {from, to, gain}}, func(a, b move) int { return cmp.Compare(a.gain, b.gain) })
		}
		gain = 0
		for to := from + 1; to < len(order); to++ { // and down
			gain += one(g.has(order[to], f)) - one(g.has(f, order[to]))
			best = slices.MaxFunc([]move{best, {from, to, gain}}, func(a, b move) int { return cmp.Compare(a.gain, b.gain) })
		}
	}
	if best.gain == 0 {
		return false
	}
	f := order[best.from]
	copy(order, slices.Insert(slices.Delete(slices.Clone(order), best.from, best.from+1), best.to, f))
	return true
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}
