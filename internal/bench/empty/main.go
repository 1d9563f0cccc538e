// Command empty does nothing: what it costs to start any Go program.
package main

func main() {}
