package ui

import (
	"bytes"
	"path/filepath"

	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/calendar"
	"github.com/sellerkey/sellerkey/internal/disk"
	"github.com/sellerkey/sellerkey/internal/version"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// writeCalendar writes a calendar file with the dates of accounts that are known.
func writeCalendar(a *App, accounts ...account.Account) {
	t := a.Words.T
	events := calendar.Reminders(t, accounts...)
	if len(events) == 0 {
		a.Alert(t("details.no_dates_title"), t("details.no_dates_text"))
		return
	}
	own := []byte("UID:" + accounts[0].ID + "-") // a second press replaces the file of the first
	path, err := disk.PutNumbered(filepath.Join(downloads(), "SellerKey"), " ", ".ics",
		calendar.Encode(a.Now(), a.Words.Lang(), events...), 0o600, func(old []byte) bool { return bytes.Contains(old, own) })
	if err != nil {
		a.Log.Error("writing the calendar file", "err", err)
		a.Alert(t("details.calendar_failed_title"), t("open.downloads_failed"))
		return
	}
	a.Offer(t("details.calendar_title"), t("details.calendar_text", "Path", path), t("button.ok"), a.FileChoices(path)...)
}

// saveReturnPage writes the return page for a provider's or an owner's web space.
func saveReturnPage(a *App) {
	t := a.Words.T
	path, err := disk.PutNumbered(filepath.Join(downloads(), "return"), "-", ".html", a.deps.ReturnPage, 0o644,
		func(old []byte) bool { return bytes.Equal(old, a.deps.ReturnPage) })
	if err != nil {
		a.Log.Error("saving the return page", "err", err)
		a.Alert(t("setup_make.failed_title"), t("open.downloads_failed"))
		return
	}
	a.Offer(t("setup_make.saved", "Path", path), t("setup_make.return_page_saved", "Address", version.ReturnPage), t("button.ok"),
		append(a.FileChoices(path), shell.Choice{Label: t("setup_make.return_page_guide"), Do: func() { a.Open(version.ReturnPage) }})...)
}
