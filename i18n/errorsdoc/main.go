// Errorsdoc writes docs/errors.md: every refusal and failure that the app can
// name, with the words that it shows in each language, who can fix it, and the
// source of its meaning. It reads the same tables as the app.
//
//	go generate ./i18n
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/paste"
	"github.com/sellerkey/sellerkey/lwa"
)

func main() {
	out := flag.String("out", "docs/errors.md", "the file to write")
	flag.Parse()
	text, err := page()
	if err == nil {
		err = os.WriteFile(*out, []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "errorsdoc:", err)
		os.Exit(1)
	}
}

const head = `# What can go wrong, and what SellerKey says about it

<!-- Written by "go generate ./i18n" from the tables of the app. Do not edit. -->

These are the texts as SellerKey shows them. "Copy details" also gives the name of a kind
(` + "`code_invalid_or_expired`" + `) to the person who helps. "Source" is where its meaning comes from: an Amazon page,
an RFC, a public thread by its number, or SellerKey itself. Threads are named and not linked, because strangers
offer "support" in them.

1. [Answers from Amazon, and connection problems](#answers-from-amazon-and-connection-problems)
2. [Something else pasted instead of the address](#something-else-pasted-instead-of-the-address)
3. [Warnings about a usable address](#warnings-about-a-usable-address)
4. [Error codes on Amazon's permission page](#error-codes-on-amazons-permission-page)
5. [Something else entered instead of an application ID](#something-else-entered-instead-of-an-application-id)
`

// book is the page as it is being written, and the languages it is written in.
type book struct {
	strings.Builder
	langs []*i18n.Localizer
}

// page returns docs/errors.md.
func page() (string, error) {
	var b book
	for _, l := range i18n.Languages() {
		words, err := i18n.New(l.Tag)
		if err != nil {
			return "", err
		}
		b.langs = append(b.langs, words)
	}
	b.WriteString(head)

	b.section("Answers from Amazon, and connection problems")
	notes := kindNotes()
	for _, k := range lwa.Kinds() {
		b.entry(string(k))
		b.facts("Who can fix it", b.who(k.Actor()),
			"Trying again", again(notes[k].retry), "Source", notes[k].source)
		b.card("lwa." + string(k))
	}

	b.section("Something else pasted instead of the address")
	for _, k := range paste.Kinds() {
		b.entry(string(k))
		b.facts("Source", pasteSources()[k])
		b.card("paste." + string(k))
	}

	b.section("Warnings about a usable address")
	b.WriteString("\nThe address is used anyway. If there's nothing to do about it, SellerKey says nothing.\n")
	for _, w := range paste.Warnings() {
		b.entry(w.String())
		b.facts("Source", warningSources()[w])
		b.lines("warning." + w.String())
	}

	b.section("Error codes on Amazon's permission page")
	for _, e := range paste.AmazonErrors() {
		b.entry(e.Code)
		b.facts("Who can fix it", b.who(e.Who), "SellerKey offers", offer(e.Fix))
		b.card("amazon." + e.Code)
	}
	b.entry("any other")
	b.WriteString("\n")
	b.card("amazon.unknown")

	b.section("Something else entered instead of an application ID")
	for _, id := range b.langs[0].IDs() {
		if kind, ok := strings.CutPrefix(id, "app_field."); ok {
			b.entry(kind)
			b.lines(id)
		}
	}
	return b.String(), nil
}

func (b *book) section(title string) { fmt.Fprintf(b, "\n## %s\n", title) }

func (b *book) entry(name string) { fmt.Fprintf(b, "\n### `%s`\n", name) }

// facts writes names and values in one line; what is empty is left out.
func (b *book) facts(pairs ...string) {
	var parts []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			parts = append(parts, fmt.Sprintf("**%s:** %s", pairs[i], linked(pairs[i+1])))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintf(b, "\n%s\n\n", strings.Join(parts, " · "))
	}
}

// card writes what happened and what to do in each language.
func (b *book) card(id string) {
	b.WriteString("| | What happened | What to do |\n|---|---|---|\n")
	for _, l := range b.langs {
		fmt.Fprintf(b, "| %s | %s | %s |\n", l.Lang(), b.say(l, id+".title"), b.say(l, id+".todo"))
	}
}

// lines writes a text of one line in each language, if there is one.
func (b *book) lines(id string) {
	if !b.langs[0].Has(id) {
		b.WriteString("Kept for support.\n")
		return
	}
	b.WriteString("\n| | What SellerKey says |\n|---|---|\n")
	for _, l := range b.langs {
		fmt.Fprintf(b, "| %s | %s |\n", l.Lang(), b.say(l, id))
	}
}

// say returns a text, safe in a table.
func (b *book) say(l *i18n.Localizer, id string) string {
	return escaped(l.T(id, "Code", "MD1000"))
}

func escaped(s string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "#", `\#`, "_", `\_`, "*", `\*`).Replace(s)
}

// linked escapes a text and makes links of the addresses in it.
func linked(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		if !strings.HasPrefix(w, "https://") {
			words[i] = escaped(w)
			continue
		}
		address := strings.TrimRight(w, ";,.")
		words[i] = "<" + address + ">" + w[len(address):]
	}
	return strings.Join(words, " ")
}

// who names who can fix it, and what the screen says.
func (b *book) who(a lwa.Actor) string {
	name := map[lwa.Actor]string{
		lwa.ActorSeller:   "the seller",
		lwa.ActorKeyOwner: "the person who registered the app",
		lwa.ActorAppOwner: "the app's owner",
		lwa.ActorProvider: "the tool provider",
		lwa.ActorWait:     "no one: wait",
		lwa.ActorApp:      "SellerKey",
		lwa.ActorNobody:   "no one",
	}[a]
	return name + " (“" + b.langs[0].T("actor."+string(a)) + "”)"
}

func again(r retry) string {
	switch r {
	case byItself:
		return "helps; SellerKey does it automatically where that does no harm"
	case afterwards:
		return "helps once that is done"
	default:
		return "doesn't help"
	}
}

func offer(f paste.Fix) string {
	switch f {
	case paste.FixDraftOn:
		return "to turn the draft setting on and open the page again"
	case paste.FixCheckApp:
		return "to check the application ID"
	case paste.FixDropRedirectURI:
		return "to remove the redirect URI and open the page again"
	case paste.FixOtherMarketplace:
		return "to choose another marketplace"
	case paste.FixReopen:
		return "to open the page again"
	default:
		return ""
	}
}
