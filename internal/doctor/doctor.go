// Package doctor checks what SellerKey needs from a computer: a keychain, a data
// folder, a clock that is right, a way to Amazon, a browser, and OpenGL. It sends
// no credential and changes nothing, except for a test entry that it writes to
// the keychain and deletes again.
package doctor

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/lwa"
)

// How long the checks may take. They run at the same time.
const (
	keychainTime = 20 * time.Second // somebody may have to type a password
	networkTime  = 20 * time.Second
	systemTime   = 5 * time.Second
)

// Deps is what the checks work with. The zero value of a field after Version
// means the real thing.
type Deps struct {
	// Dir is the data folder. DefaultDir is the one that is used without a flag;
	// the path of another one isn't shown, because people name folders after
	// their shop.
	Dir, DefaultDir string
	// Vault is the system's keychain.
	Vault   vault.Vault
	Version string

	// Shown: the lines are shown in the window, which works, then.
	Shown bool
	// TokenURL and SPAPIURL replace Amazon's addresses in tests.
	TokenURL, SPAPIURL string
	// HTTP replaces the HTTP client, see [lwa.Fetch].
	HTTP *http.Client
	// Proxy is the one for a request. It has to be the HTTP client's.
	Proxy func(*http.Request) (*url.URL, error)
	// Computer and OpenGL ask the system, see package native.
	Computer func(context.Context) native.Computer
	OpenGL   func() (version string, ok bool)
	// CheckFolder tries the data folder. Its errors are those of packages disk
	// and account.
	CheckFolder func(dir string) error
}

// Run makes all checks. It takes up to 20 seconds, or until ctx ends. There is a
// line for each [Check], in order; several for [Amazon] if its hosts differ.
func Run(ctx context.Context, d Deps) []Line {
	d = d.whole()

	var keychain, folder, window Line
	var amazon, network []Line
	var computer native.Computer
	var all sync.WaitGroup
	all.Go(func() { keychain = d.keychain(ctx) })
	all.Go(func() { folder = d.folder() })
	all.Go(func() { amazon, network = d.network(ctx) })
	all.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, systemTime)
		defer cancel()
		computer = d.Computer(ctx)
		window = d.window(computer)
	})
	all.Wait()
	return slices.Concat([]Line{keychain, folder}, amazon, network, []Line{
		browser(computer), window,
		{Check: Program, Result: Good, plain: "SellerKey " + d.Version + ", " + runtime.GOOS + "/" + runtime.GOARCH},
		{Check: System, Result: Good, plain: computer.System},
	})
}

// whole fills in what isn't given.
func (d Deps) whole() Deps {
	if d.Proxy == nil {
		d.Proxy = http.ProxyFromEnvironment
	}
	if d.Computer == nil {
		d.Computer = native.AskComputer
	}
	if d.OpenGL == nil {
		d.OpenGL = native.OpenGL
	}
	if d.CheckFolder == nil {
		d.CheckFolder = checkFolder
	}
	return d
}

// keychain tries the keychain with a test entry. It only looks at one that is
// locked: nobody should have to type a password for a check. If an encrypted
// file has the secrets, the keychain doesn't matter.
func (d Deps) keychain(ctx context.Context) Line {
	ctx, cancel := context.WithTimeout(ctx, keychainTime)
	defer cancel()
	file := filepath.Join(d.Dir, vault.FileName)
	locked, tells := d.Vault.(interface{ Locked(context.Context) bool })
	switch {
	case vault.IsFile(file):
		return Line{Check: Keychain, Result: Good, Finding: ours(keychainFile)}
	case vault.FileAt(file):
		return Line{Check: Keychain, Result: Bad, Finding: "vault." + string(vault.Damaged)}
	case tells && locked.Locked(ctx):
		return Line{Check: Keychain, Result: Bad, Finding: "vault." + string(vault.Locked)}
	}
	if err := vault.Probe(ctx, d.Vault); err != nil {
		return Line{Check: Keychain, Result: Bad, Finding: "vault." + string(cmp.Or(vault.KindOf(err), vault.Unavailable))}
	}
	return Line{Check: Keychain, Result: Good, Finding: ours(keychainGood)}
}

// browser matters where there are windows; elsewhere the link goes to another
// computer.
func browser(c native.Computer) Line {
	switch {
	case c.Browser != "":
		return Line{Check: Browser, Result: Good, plain: c.Browser}
	case c.Display:
		return Line{Check: Browser, Result: Bad, Finding: ours(noBrowser)}
	}
	return Line{Check: Browser, Result: Unknown, Finding: ours(noBrowser)}
}

// window tells whether the window can be drawn, as far as that can be known
// without one.
func (d Deps) window(c native.Computer) Line {
	found, tells := d.OpenGL()
	switch {
	case tells && native.Draws(found):
		return Line{Check: Window, Result: Good, plain: "OpenGL " + found}
	case tells:
		return Line{Check: Window, Result: Bad, Finding: ours(noWindow)}
	case d.Shown:
		return Line{Check: Window, Result: Good, Finding: ours(windowShown)}
	case c.Display:
		return Line{Check: Window, Result: Unknown, Finding: ours(windowUnknown)}
	}
	return Line{Check: Window, Result: Unknown, Finding: ours(noWindow)}
}

// network asks Amazon's hosts the way packages lwa and spapi do, but without
// credentials. Any response from Amazon is good enough.
func (d Deps) network(ctx context.Context) (amazon, others []Line) {
	ctx, cancel := context.WithTimeout(ctx, networkTime)
	defer cancel()
	addresses := []string{cmp.Or(d.TokenURL, lwa.TokenURL)}
	for _, region := range lwa.Regions() {
		addresses = append(addresses, cmp.Or(d.SPAPIURL, lwa.Endpoint{Region: region}.URL()))
	}
	slices.Sort(addresses[1:])
	addresses = slices.Compact(addresses)
	answers := make([]answer, len(addresses))
	var all sync.WaitGroup
	for i, address := range addresses {
		all.Go(func() { answers[i] = d.ask(ctx, address) })
	}
	all.Wait()
	amazon = amazonLines(answers)
	return amazon, []Line{clockLine(answers), d.proxyLine(ctx, addresses[0], answers)}
}

// answer is what came from one host.
type answer struct {
	host string
	kind lwa.Kind // "" if it was Amazon
	// ahead is the clock's error, if clock is true.
	ahead time.Duration
	clock bool
}

func (d Deps) ask(ctx context.Context, address string) answer {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return answer{kind: lwa.KindMalformedRequest}
	}
	a := answer{host: req.URL.Host}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "SellerKey")
	response, err := lwa.Fetch(d.HTTP, req, false)
	if e, ok := err.(*lwa.Error); ok {
		a.kind = e.Kind
		return a
	}
	switch kind := response.StatusKind(); kind {
	case lwa.KindNotAmazon, lwa.KindServer, lwa.KindUnavailable, lwa.KindTimeout:
		a.kind = kind
	default:
		if response.Status/100 == 2 && response.IsWebPage() {
			a.kind = lwa.KindNotAmazon
		}
	}
	if a.kind != lwa.KindNotAmazon {
		a.ahead, a.clock = response.ClockSkew()
	}
	return a
}

// amazonLines has one line for each kind of answer.
func amazonLines(answers []answer) []Line {
	var kinds []lwa.Kind
	hosts := map[lwa.Kind][]string{}
	for _, a := range answers {
		if hosts[a.kind] == nil {
			kinds = append(kinds, a.kind)
		}
		hosts[a.kind] = append(hosts[a.kind], a.host)
	}
	var lines []Line
	for _, kind := range kinds {
		line := Line{Check: Amazon, Result: Good, Finding: ours(amazonGood), About: strings.Join(hosts[kind], ", ")}
		if kind != "" {
			line.Result, line.Finding = Bad, "lwa."+string(kind)
		}
		lines = append(lines, line)
	}
	return lines
}

func clockLine(answers []answer) Line {
	for _, a := range answers {
		switch {
		case a.kind == lwa.KindClock:
			return Line{Check: Clock, Result: Bad, Finding: "lwa." + string(a.kind)}
		case a.clock && a.ahead != 0:
			return Line{Check: Clock, Result: Bad, Finding: "lwa." + string(lwa.KindClock), off: a.ahead.Abs()}
		case a.clock:
			return Line{Check: Clock, Result: Good, Finding: ours(clockGood)}
		}
	}
	return Line{Check: Clock, Result: Unknown, Finding: ours(clockUnknown)}
}

// proxyLine blames the proxy if nothing comes through it. Without one, and
// without an answer, it says that the proxy of the system settings isn't used.
func (d Deps) proxyLine(ctx context.Context, address string, answers []answer) Line {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Line{Check: Proxy, Result: Unknown, Finding: ours(noProxy)}
	}
	proxy, err := d.Proxy(req)
	through := slices.ContainsFunc(answers, func(a answer) bool { return a.kind == "" })
	switch {
	case err != nil:
		return Line{Check: Proxy, Result: Bad, Finding: ours(proxyUnreadable)}
	case proxy == nil && through:
		return Line{Check: Proxy, Result: Good, Finding: ours(noProxy)}
	case proxy == nil:
		return Line{Check: Proxy, Result: Unknown, Finding: ours(directOnly)}
	case through:
		return Line{Check: Proxy, Result: Good, plain: proxy.Host} // without a password
	}
	return Line{Check: Proxy, Result: Bad, Finding: ours(proxyRefuses), About: proxy.Host}
}

// checkFolder tries the data folder, which it makes if it is missing.
func checkFolder(dir string) error {
	var shared *disk.SharedError
	if err := disk.MakePrivate(dir, "accounts.json", "instance.lock"); errors.As(err, &shared) {
		return shared
	}
	return account.CheckFolder(dir)
}

func (d Deps) folder() Line {
	line := Line{Check: Folder, Result: Good, Finding: ours(folderGood)}
	if d.Dir == d.DefaultDir {
		line.About = belowHome(d.Dir)
	}
	err := d.CheckFolder(d.Dir)
	var index *account.IndexError
	var shared *disk.SharedError
	switch {
	case err == nil:
		return line
	case errors.As(err, &shared):
		line.Finding = ours(folderShared)
	case errors.As(err, &index):
		line.Finding = "vault.index_" + string(index.Kind)
	}
	line.Result = Bad
	return line
}

// belowHome is a path below the home folder, whose name is often a person's; ""
// for another path.
func belowHome(path string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	rest, err := filepath.Rel(home, path)
	if err != nil || !filepath.IsLocal(rest) {
		return ""
	}
	return "~" + string(filepath.Separator) + rest
}
