package ui

import (
	"bytes"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/calendar"
	"github.com/sellerkey/sellerkey/internal/date"
	"github.com/sellerkey/sellerkey/internal/disk"
)

// writeCalendar writes what is known of an account's two dates.
func (a *App) writeCalendar(acc account.Account) {
	t := a.Words.T
	var events []calendar.Event
	add := func(id string, day date.Date) {
		if !day.IsZero() {
			events = append(events, calendar.Event{
				UID: acc.ID + "-" + id, Date: day,
				Summary: t("calendar."+id, "Name", acc.Title()), Description: t("calendar." + id + "_text"),
				DaysBefore: []int{account.WarnAhead, 7, 0},
			})
		}
	}
	add("secret", acc.SecretDue())
	add("authorization", acc.AuthorizationDue())
	if len(events) == 0 {
		a.Alert(t("details.no_dates_title"), t("details.no_dates_text"))
		return
	}
	own := []byte("UID:" + acc.ID + "-") // a second press replaces the file of the first
	path, err := disk.PutNumbered(filepath.Join(downloads(), "SellerKey"), " ", ".ics",
		calendar.Encode(a.Now(), a.Words.Lang(), events...), 0o600, func(old []byte) bool { return bytes.Contains(old, own) })
	if err != nil {
		a.Log.Error("writing the calendar file", "err", err)
		a.Alert(t("details.calendar_failed_title"), t("details.calendar_failed_text"))
		return
	}
	a.Offer(t("details.calendar_title"), t("details.calendar_text", "Path", path), t("button.ok"), a.FileChoices(path)...)
}

// downloads is where a person looks for a file that a program has made. The
// folder has a name in the person's language on Linux, and can be elsewhere on
// Windows.
func downloads() string {
	xdg.Reload()
	for _, dir := range []string{xdg.UserDirs.Download, xdg.Home} {
		if isDir(dir) {
			return dir
		}
	}
	return os.TempDir()
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
