package backup

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/sellerkey/sellerkey/internal/disk"
)

// csvHeader is the start of the line that KeePassXC writes over its own export.
// KeePassXC finds the columns by it, and so does Bitwarden, which calls the format
// "KeePassX (csv)".
var csvHeader = []string{"Group", "Title", "Username", "Password", "URL", "Notes"}

// WriteCSV makes a new file at path, for this person alone, that password managers
// import: an entry for each secret. It isn't encrypted. Errors are [*Error]; then
// there is no new file.
func WriteCSV(path string, b Backup) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	_ = w.Write(csvHeader)
	for _, i := range b.Items {
		a := i.Account
		var notes []string
		for _, line := range [][2]string{
			{"Marketplace", a.Marketplace},
			{"Seller ID", a.SellerID},
			{"App ID", a.ApplicationID},
			{"Client ID", a.ClientID},
			{"Authorized", a.AuthorizedAt.String()},
			{"Secret made", a.SecretMadeAt.String()},
		} {
			if line[1] != "" {
				notes = append(notes, line[0]+": "+line[1])
			}
		}
		for _, secret := range []struct{ of, user, value string }{
			{"client secret", a.ClientID, i.Secrets.ClientSecret.Reveal()},
			{"refresh token", a.SellerID, i.Secrets.RefreshToken.Reveal()},
		} {
			if secret.value != "" {
				_ = w.Write([]string{"SellerKey", a.Title() + " (" + secret.of + ")", secret.user, secret.value, "", strings.Join(notes, "\n")})
			}
		}
	}
	w.Flush() // a buffer in memory takes everything
	if err := disk.Create(path, out.Bytes(), 0o600); err != nil {
		return fail(path, err)
	}
	return nil
}

// Delete deletes a file that this package wrote. Errors are [*Error]; it isn't one
// if the file is already gone.
func Delete(path string) error {
	if err := disk.Remove(path); err != nil {
		return fail(path, err)
	}
	return nil
}
