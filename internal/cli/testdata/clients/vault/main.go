// Command vault does what HashiCorp's program of that name does for "vault kv put
// -mount=MOUNT PATH -" and "vault kv get -mount=MOUNT -format=json PATH", with
// HashiCorp's libraries: the builder that reads standard input, and the client.
// The program itself can't be had from a Debian or a Go module.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"
	"strings"

	kvbuilder "github.com/hashicorp/go-secure-stdlib/kv-builder"
	"github.com/hashicorp/vault/api"
)

func main() {
	if len(os.Args) != 6 || os.Args[1] != "kv" {
		log.Fatal("only kv put -mount=MOUNT PATH - and kv get -mount=MOUNT -format=json PATH")
	}
	client, err := api.NewClient(api.DefaultConfig()) // VAULT_ADDR, VAULT_TOKEN
	check(err)
	kv := client.KVv2(strings.TrimPrefix(os.Args[3], "-mount="))
	ctx := context.Background()
	switch os.Args[2] {
	case "put":
		data := &kvbuilder.Builder{Stdin: os.Stdin}
		check(data.Add(os.Args[5]))
		_, err = kv.Put(ctx, os.Args[4], data.Map())
		check(err)
	case "get":
		secret, err := kv.Get(ctx, os.Args[5])
		check(err)
		check(json.NewEncoder(os.Stdout).Encode(map[string]any{"data": map[string]any{"data": secret.Data}}))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
