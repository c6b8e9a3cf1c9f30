// Prints the protobuf messages of the API's Go structs (numbers from their tags) as JSON, for scripts/cluster/protobuf.
// Run with the k8s.io/{api,apiextensions-apiserver,kube-aggregator} version of the cluster:
//
//	go run protobuf.go > ../cluster/protobuf/messages.json && npx biome format --write ../cluster/protobuf/messages.json
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strconv"
	"strings"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
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
	flowcontrolv1 "k8s.io/api/flowcontrol/v1"
	networkingv1 "k8s.io/api/networking/v1"
	nodev1 "k8s.io/api/node/v1"
	policyv1 "k8s.io/api/policy/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	resourcev1 "k8s.io/api/resource/v1"
	schedulingv1 "k8s.io/api/scheduling/v1"
	storagev1 "k8s.io/api/storage/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	apiregistrationv1 "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
)

// field is [JSON name, number, type, flags]. The name is empty for an embedded struct, whose fields JSON has in its place.
// Types: string, bytes, int, bool, double, a message; before it * (pointer), [] (list), {} (map from string).
// Flags: e = omitempty, z = omitzero.
type field [4]any

var messages = map[string][]field{}

func schema(t reflect.Type) string {
	path := strings.Replace(t.PkgPath(), "k8s.io/", "io.k8s.", 1)
	return strings.ReplaceAll(path, "/", ".") + "." + t.Name()
}

// A type whose wire format is its own: a message even where Go has a list.
func isMessage(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[interface{ Marshal() ([]byte, error) }]())
}

func name(t reflect.Type) string {
	if t.Name() != "" && isMessage(t) {
		visit(t)
		return schema(t)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return "*" + name(t.Elem())
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return "bytes"
		}
		return "[]" + name(t.Elem())
	case reflect.Map:
		return "{}" + name(t.Elem())
	case reflect.Int, reflect.Int32, reflect.Int64:
		return "int"
	case reflect.Float64:
		return "double"
	case reflect.String, reflect.Bool:
		return t.Kind().String()
	}
	panic("no wire format: " + t.String())
}

func visit(t reflect.Type) {
	key := schema(t)
	if _, ok := messages[key]; ok {
		return
	}
	messages[key] = nil
	// What JSON writes in a way of its own is known to the codec by its name.
	if reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		for i := range t.NumField() {
			f := t.Field(i)
			if strings.HasSuffix(t.PkgPath(), "apiextensions/v1") && f.Type.Kind() != reflect.Slice {
				name(f.Type)
			}
		}
		delete(messages, key)
		return
	}
	if t.Kind() == reflect.Slice {
		messages[key] = []field{{"items", 1, name(reflect.SliceOf(t.Elem())), "list"}}
		return
	}
	out := []field{}
	for i := range t.NumField() {
		f := t.Field(i)
		tag := strings.Split(f.Tag.Get("protobuf"), ",")
		if len(tag) < 2 {
			continue
		}
		number, err := strconv.Atoi(tag[1])
		if err != nil {
			continue
		}
		words := strings.Split(f.Tag.Get("json"), ",")
		if words[0] == "-" {
			continue
		}
		flags := ""
		for _, word := range words[1:] {
			switch word {
			case "omitempty":
				flags += "e"
			case "omitzero":
				flags += "z"
			}
		}
		out = append(out, field{words[0], number, name(f.Type), flags})
	}
	messages[key] = out
}

func main() {
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{admissionregistrationv1.AddToScheme, appsv1.AddToScheme, authenticationv1.AddToScheme,
		authorizationv1.AddToScheme, autoscalingv1.AddToScheme, autoscalingv2.AddToScheme, batchv1.AddToScheme, certificatesv1.AddToScheme,
		coordinationv1.AddToScheme, corev1.AddToScheme, discoveryv1.AddToScheme, eventsv1.AddToScheme, flowcontrolv1.AddToScheme,
		networkingv1.AddToScheme, nodev1.AddToScheme, policyv1.AddToScheme, rbacv1.AddToScheme, resourcev1.AddToScheme,
		schedulingv1.AddToScheme, storagev1.AddToScheme, apiextensionsv1.AddToScheme, apiregistrationv1.AddToScheme,
		metav1.AddMetaToScheme} {
		if err := add(scheme); err != nil {
			panic(err)
		}
	}
	kinds := map[string]string{}
	for gvk, t := range scheme.AllKnownTypes() {
		if gvk.Version == runtime.APIVersionInternal || !isMessage(t) {
			continue
		}
		visit(t)
		kinds[gvk.GroupVersion().String()+"/"+gvk.Kind] = schema(t)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	if err := out.Encode(map[string]any{"kinds": kinds, "messages": messages}); err != nil {
		panic(err)
	}
}
