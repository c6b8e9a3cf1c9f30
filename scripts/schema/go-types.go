// Prints the Go structs of the API (fields in their order, types, tags) as JSON: what the server's OpenAPI does not say.
// Run with the k8s.io/api version of the cluster:  go run go-types.go > go-types.json
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"sort"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	autoscalingv1 "k8s.io/api/autoscaling/v1"
	autoscalingv2 "k8s.io/api/autoscaling/v2"
	batchv1 "k8s.io/api/batch/v1"
	certificatesv1 "k8s.io/api/certificates/v1"
	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	eventsv1 "k8s.io/api/events/v1"
	networkingv1 "k8s.io/api/networking/v1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// field is [name, type, flags, patchStrategy, patchMergeKey, embedded]; flags: e = omitempty, z = omitzero;
// embedded: names of the embedded structs that hold it, which the decoder's messages show.
type field [6]string

var seen = map[string][]field{}

func schema(t reflect.Type) string {
	path := strings.Replace(t.PkgPath(), "k8s.io/", "io.k8s.", 1)
	return strings.ReplaceAll(path, "/", ".") + "." + t.Name()
}

// name of a type: builtin, pkg.Name as reflect prints it for the decoder's messages, or the schema of a struct.
func name(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + name(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		if t.Name() != "" {
			return "[" + t.String() + "]" + name(t.Elem())
		}
		return "[]" + name(t.Elem())
	case reflect.Map:
		if t.Name() != "" || t.Key().Name() != "string" {
			return "{" + t.String() + "}" + name(t.Elem())
		}
		return "{}" + name(t.Elem())
	case reflect.Struct:
		if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
			return "custom:" + schema(t)
		}
		visit(t)
		return schema(t)
	}
	if t.PkgPath() != "" {
		return t.Kind().String() + ":" + schema(t)
	}
	return t.Kind().String()
}

func visit(t reflect.Type) {
	key := schema(t)
	if _, ok := seen[key]; ok {
		return
	}
	seen[key] = nil
	seen[key] = fields(t)
}

func fields(t reflect.Type) (out []field) {
	for i := range t.NumField() {
		f := t.Field(i)
		parts := strings.Split(f.Tag.Get("json"), ",")
		flags := ""
		inline := f.Anonymous && parts[0] == ""
		for _, p := range parts[1:] {
			switch p {
			case "omitempty":
				flags += "e"
			case "omitzero":
				flags += "z"
			case "inline":
				inline = true
			}
		}
		if parts[0] == "-" || !f.IsExported() {
			continue
		}
		if inline {
			for _, inner := range fields(f.Type) {
				inner[5] = strings.TrimSuffix(f.Name+"."+inner[5], ".")
				out = append(out, inner)
			}
			continue
		}
		if parts[0] == "" {
			continue
		}
		out = append(out, field{parts[0], name(f.Type), flags, f.Tag.Get("patchStrategy"), f.Tag.Get("patchMergeKey"), ""})
	}
	return
}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{appsv1.AddToScheme, authenticationv1.AddToScheme, authorizationv1.AddToScheme,
		autoscalingv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme, certificatesv1.AddToScheme, coordinationv1.AddToScheme,
		corev1.AddToScheme, discoveryv1.AddToScheme, eventsv1.AddToScheme, networkingv1.AddToScheme, nodev1.AddToScheme, policyv1.AddToScheme,
		rbacv1.AddToScheme, schedulingv1.AddToScheme, storagev1.AddToScheme} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	for gvk, t := range scheme.AllKnownTypes() {
		if gvk.Version != "__internal" && gvk.Kind != "WatchEvent" {
			visit(t)
		}
	}
	keys := []string{}
	for k := range seen {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	os.Stdout.WriteString("{\n")
	for i, k := range keys {
		fields := seen[k]
		if fields == nil {
			fields = []field{}
		}
		line, _ := json.Marshal(fields)
		os.Stdout.WriteString("\"" + k + "\":" + string(line))
		if i < len(keys)-1 {
			os.Stdout.WriteString(",")
		}
		os.Stdout.WriteString("\n")
	}
	os.Stdout.WriteString("}\n")
}
