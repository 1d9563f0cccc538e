// Command secret prints one item of the system's keychain, for the window tests
// on Windows, where no other program does that:
//
//	secret app.sellerkey example.refresh_token
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/zalando/go-keyring"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: secret SERVICE ITEM")
		os.Exit(2)
	}
	value, err := keyring.Get(os.Args[1], os.Args[2])
	if err != nil && !errors.Is(err, keyring.ErrNotFound) {
		fmt.Fprintln(os.Stderr, "secret:", err)
		os.Exit(1)
	}
	fmt.Print(value)
}
