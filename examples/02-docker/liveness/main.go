package main

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"time"
)

// Healthy for so long after it has begun.
const healthy = 15 * time.Second

func main() {
	started := time.Now()
	http.HandleFunc("/healthz", func(w http.ResponseWriter, r *http.Request) {
		age := time.Since(started)
		if age > healthy {
			w.WriteHeader(http.StatusInternalServerError)
			fmt.Fprintf(w, "error: %v", age.Seconds())
			return
		}
		io.WriteString(w, "ok")
	})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "[v2] Hello, Kubernetes!")
	})
	log.Fatal(http.ListenAndServe(":3000", nil))
}
