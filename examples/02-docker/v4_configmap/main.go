package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
)

// The text of a file, or why it cannot be read.
func textOf(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func hello(w http.ResponseWriter, r *http.Request) {
	host, _ := os.Hostname()
	fmt.Fprintf(w, "[v4] Hello, Kubernetes! From host: %s\n", host)
	fmt.Fprintf(w, "Get Database Connect URL: %s\n", os.Getenv("DB_URL"))
	fmt.Fprintf(w, "app-config.json:%s\n", textOf("/etc/configmap_vol/app-config.json"))
}

func main() {
	http.HandleFunc("/hello", hello)
	log.Fatal(http.ListenAndServe(":3000", nil))
}
