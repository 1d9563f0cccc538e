package setupfile

import (
	"fmt"
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
)

// Encode writes the file, with comments for the people who edit it later. The
// same File always gives the same bytes, and [Read] returns the File again. A
// file with a problem is refused with an [*Error].
func (f File) Encode() ([]byte, error) {
	if problems := (Rules{}).check(f); len(problems) > 0 {
		return nil, &Error{Problems: problems}
	}
	var b strings.Builder
	entry := func(comment, key, value string) {
		if value != "" {
			fmt.Fprintf(&b, "\n# %s\n%s = %s\n", comment, key, value)
		}
	}
	text := func(s string) string {
		if s == "" {
			return ""
		}
		return quoted(s)
	}
	yes := func(v bool) string {
		if v {
			return "true"
		}
		return ""
	}
	b.WriteString("# SellerKey setup file. It holds no secret and must never hold one.\n")
	fmt.Fprintf(&b, "version = %d\n", Version)
	entry("Who the file is from, as the seller knows it.", "provider", text(f.Provider))
	entry("Where the seller gets help: an email address or an https link.", "support", text(f.Support))
	entry("The application ID of the app (not the Client ID).", "application_id", text(f.ApplicationID))
	entry("The app is still a draft. Take this out once it is published.", "draft", yes(f.Draft))
	entry("The app is for Vendor Central.", "vendor", yes(f.Vendor))
	if len(f.Marketplaces) > 0 {
		codes := make([]string, len(f.Marketplaces))
		for i, m := range f.Marketplaces {
			codes[i] = quoted(m)
		}
		entry("Country codes; the first one is offered first.", "marketplaces", "["+strings.Join(codes, ", ")+"]")
	}
	entry("The host of Amazon's permission page, if it is not the marketplace's usual one.", "consent_host", text(f.ConsentHost))
	entry("A check value that is the same for every seller. Without it, each seller gets their own.", "state", text(f.State))
	entry("Only if it is not the first redirect URI of the app.", "redirect_uri", text(f.RedirectURI))
	entry("The redirect URI shows SellerKey's return page, docs/return-page.md.", "return_page", yes(f.ReturnPage))
	entry("The page with the boxes.", "registration_page", text(f.RegistrationPage))
	b.WriteString("\n# The boxes of that page, from top to bottom.\n")
	for i, box := range f.Boxes {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "[[boxes]]\nvalue = %s\n", quoted(string(box.Value)))
		for _, l := range i18n.Tags() {
			if t := box.Label[l]; t != "" {
				fmt.Fprintf(&b, "label.%s = %s\n", l, quoted(t))
			}
		}
	}
	return []byte(b.String()), nil
}

// quoted writes a TOML string. It expects no control characters.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
