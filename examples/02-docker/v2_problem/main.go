package main

// A release that cannot run: it ends as soon as it has begun.
func main() {
	panic("something went wrong")
}
