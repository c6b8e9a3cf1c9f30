package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
)

const directory = "/etc/secret_vol/"

// `NAME:` and the text of a file of the Secret, or why it cannot be read.
func line(name string) string {
	data, err := os.ReadFile(directory + name)
	if err != nil {
		return name + ":" + err.Error()
	}
	return name + ":" + string(data)
}

func hello(w http.ResponseWriter, r *http.Request) {
	host, _ := os.Hostname()
	lines := []string{}
	for _, name := range []string{"some.txt", "cert.key", "config.yaml"} {
		lines = append(lines, line(name))
	}
	fmt.Fprintf(w, "[v4] Hello, Kubernetes! From host: %s, Get Database Passwd: %s\n\n", host, os.Getenv("DB_PASSWD"))
	fmt.Fprint(w, strings.Join(lines, "\n"))
}

func main() {
	http.HandleFunc("/hello", hello)
	log.Fatal(http.ListenAndServe(":3000", nil))
}
