package main

import (
	"io"
	"log"
	"net/http"
)

func main() {
	// It never says that it is ready.
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "[v2] Hello, Kubernetes!")
	})
	log.Fatal(http.ListenAndServe(":3000", nil))
}
