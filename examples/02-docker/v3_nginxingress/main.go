package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

func main() {
	host, err := os.Hostname()
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "[v3] Hello, Kubernetes!, From host: %s\n", host)
	})
	http.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "[v3] Hello, Kubernetes!, this is ingress test, host:%s\n", host)
	})
	log.Fatal(http.ListenAndServe(":3000", nil))
}
