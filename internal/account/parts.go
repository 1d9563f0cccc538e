package account

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// partSize is what every platform takes in one item: Windows 2,560 bytes,
	// macOS some 2,900 once its command line is subtracted.
	partSize = 2048
	// partsMark starts a main item that only describes where the value is.
	partsMark = "sellerkey-parts:"
)

// generations are the names under which parts can lie. The present value has
// one, the next value gets another; the third is for a writing that was
// canceled and has not come back.
func generations() []string { return []string{"a", "b", "c"} }

// stored is a value as the keychain holds it.
type stored struct {
	main    item
	parts   parts
	value   string
	damaged bool
}

// parts describes a value that is split over several items. The main item
// holds it as text; it is written last and in one piece, so that a reader sees
// the old value or the new one.
type parts struct {
	gen    string
	n      int
	length int
	sum    string
	values []string
}

func mustSplit(value string) bool {
	return len(value) > partSize || strings.HasPrefix(value, partsMark)
}

// split cuts between characters, because some keychains insist on text.
func split(value, gen string) parts {
	p := parts{gen: gen, length: len(value), sum: sumOf(value)}
	for rest := value; rest != ""; {
		n := min(partSize, len(rest))
		for back := n; n < len(rest) && back > n-utf8.UTFMax; back-- {
			if utf8.RuneStart(rest[back]) {
				n = back
				break
			}
		}
		p.values = append(p.values, rest[:n])
		rest = rest[n:]
	}
	p.n = len(p.values)
	return p
}

func (p parts) fits(value string) bool { return len(value) == p.length && sumOf(value) == p.sum }

func (p parts) String() string {
	return fmt.Sprintf("%s1:%s:%d:%d:%s", partsMark, p.gen, p.n, p.length, p.sum)
}

// parseParts reads a main item. A text that starts like one and is none is
// taken for parts that cannot fit: a value of ours that starts so is always split.
func parseParts(main string) (parts, bool) {
	rest, ok := strings.CutPrefix(main, partsMark)
	if !ok {
		return parts{}, false
	}
	f := strings.Split(rest, ":")
	if len(f) != 5 || f[0] != "1" {
		return parts{length: -1}, true
	}
	n, err1 := strconv.Atoi(f[2])
	length, err2 := strconv.Atoi(f[3])
	if err1 != nil || err2 != nil || n < 1 || n > 2*maxSecret/partSize || length > maxSecret {
		return parts{length: -1}, true
	}
	return parts{gen: f[1], n: n, length: length, sum: f[4]}, true
}

func sumOf(value string) string {
	sum := sha256.Sum256([]byte(value))
	return hex.EncodeToString(sum[:])
}

func partKey(key, gen string, i int) string { return key + ".part-" + gen + "-" + strconv.Itoa(i) }
