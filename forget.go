package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/sellerkey/sellerkey/i18n"
	"github.com/sellerkey/sellerkey/internal/account"
	"github.com/sellerkey/sellerkey/internal/export"
	"github.com/sellerkey/sellerkey/internal/instance"
	"github.com/sellerkey/sellerkey/internal/logs"
	"github.com/sellerkey/sellerkey/internal/native"
	"github.com/sellerkey/sellerkey/internal/rotate"
	"github.com/sellerkey/sellerkey/internal/vault"
	"github.com/sellerkey/sellerkey/ui/shell"
)

// forget removes what SellerKey keeps in its data folder, and the keychain items
// of the accounts listed there: accounts, settings, log. The uninstaller calls it
// for somebody who asked for that. It returns the exit code.
func forget(o options, messages native.Messages) int {
	dir, err := dataDir(o)
	words, werr := i18n.New(firstLanguage(o, shell.LoadSettings(dir).Lang))
	if err == nil {
		err = werr
	}
	if err != nil {
		messages.Error("sellerkey: " + err.Error())
		return exitFailed
	}
	t := words.T
	if o.dataDir != "" && !account.HasList(dir) && !account.HasList(filepath.Join(dir, practiceFolder)) {
		// Perhaps a mistyped folder: other programs have a settings.json, too.
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			messages.Error(t("forget.not_ours", "Folder", dir))
			return exitFailed
		}
	}

	// A window that is open would write its files again, and renew tokens. That
	// it could not be asked (an error) is no reason to keep anything.
	release, first, _ := instance.Claim(dir, "", func(string) bool { return false })
	if !first {
		messages.Error(t("forget.in_use"))
		return exitInUse
	}
	defer release()
	if err := erase(o, dir); err != nil {
		title, todo, _ := accountWords(words, err)
		messages.Error(strings.TrimSpace(t("forget.failed") + "\n\n" + title + "\n" + todo))
		return exitFailed
	}
	if l := links(); l != nil && o.dataDir == "" {
		_ = l.SetOpen(false) // the links of a program that is about to be deleted
	}
	release()
	instance.Unclaim(dir)
	// Empty now, unless the person keeps files of their own in it.
	_ = os.Remove(dir)
	messages.Print(t("forget.done"))
	return exitDone
}

// erase removes secrets and files of both worlds, the secrets first.
func erase(o options, dir string) error {
	ctx := context.Background()
	practice := filepath.Join(dir, practiceFolder)
	err := account.Erase(ctx, practice, newVault(o, vault.PracticeService), "")
	if err == nil {
		err = rotate.Erase(practice)
	}
	if err == nil {
		_ = os.Remove(practice)
		err = account.Erase(ctx, dir, newVault(o, vault.Service), filepath.Join(dir, vault.FileName))
	}
	if err == nil {
		err = rotate.Erase(dir)
	}
	if err == nil {
		err = shell.RemoveSettings(dir)
	}
	if err == nil {
		err = export.Files{Dir: dir}.Remove()
	}
	if err == nil {
		err = logs.Remove(filepath.Join(dir, logFolder))
	}
	if err == nil && o.dataDir == "" {
		err = removeToolkitFiles()
	}
	return err
}

// removeToolkitFiles removes the folders that the toolkit makes for every
// program: preferences, of which SellerKey has none, and a cache.
func removeToolkitFiles() error {
	config, err := os.UserConfigDir()
	if err != nil {
		return nil //nolint:nilerr // without a home there is nothing in it
	}
	if runtime.GOOS == "darwin" {
		config = filepath.Join(filepath.Dir(config), "Preferences")
	}
	folders := []string{filepath.Join(config, "fyne")}
	if cache, err := os.UserCacheDir(); err == nil {
		folders = append(folders, filepath.Join(cache, "fyne"))
	}
	for _, folder := range folders {
		if err := removeFolder(filepath.Join(folder, appID)); err != nil {
			return err
		}
		_ = os.Remove(folder) // if no other program has anything in it
	}
	return nil
}

// removeFolder is os.RemoveAll, which fails on the Windows of Wine 8: it deletes
// in a way that is newer than that.
func removeFolder(dir string) error {
	var paths []string
	_ = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err == nil {
			paths = append(paths, path)
		}
		return nil
	})
	for _, path := range slices.Backward(paths) { // what is inside comes after its folder
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}
