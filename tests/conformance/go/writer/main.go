// Writer does one command of kratix-status with kratix-go, as a Pipeline in Go does it; for scripts/bench.
//
//	writer ROOT set VALUE      message
//	writer ROOT nested VALUE   initialLoginDetails.username, over what is published
//	writer ROOT get            message
//	writer ROOT merge FILE     the keys of FILE
//	writer ROOT publish VALUE  message, and to the cluster
package main

import (
	"fmt"
	"log"
	"os"

	kratix "github.com/syntasso/kratix-go"
	"sigs.k8s.io/yaml"
)

func main() {
	log.SetFlags(0)
	root, command, operand := os.Args[1], os.Args[2], ""
	if len(os.Args) > 3 {
		operand = os.Args[3]
	}
	sdk := kratix.New(kratix.WithMetadataDir(root+"/metadata"), kratix.WithInputDir(root+"/input"))
	if err := run(sdk, command, operand); err != nil {
		log.Fatal(err)
	}
}

func run(sdk *kratix.KratixSDK, command, operand string) error {
	status, err := sdk.ReadStatus()
	if err != nil {
		return err
	}
	switch command {
	case "get":
		fmt.Println(status.Get("message"))
		return nil
	case "set", "publish":
		err = status.Set("message", operand)
	case "nested":
		err = setUsername(sdk, status, operand)
	case "merge":
		err = mergeFile(status, operand)
	default:
		err = fmt.Errorf("unknown command %s", command)
	}
	if err != nil {
		return err
	}
	if err := sdk.WriteStatus(status); err != nil || command != "publish" {
		return err
	}
	object, err := sdk.ReadResourceInput()
	if err != nil {
		return err
	}
	return sdk.PublishStatus(object, status)
}

func setUsername(sdk *kratix.KratixSDK, status kratix.Status, username string) error {
	object, err := sdk.ReadResourceInput()
	if err != nil {
		return err
	}
	published, err := object.GetStatus()
	if err != nil {
		return err
	}
	details, _ := published.ToMap()["initialLoginDetails"].(map[string]any)
	if details == nil {
		details = map[string]any{}
	}
	own, _ := status.ToMap()["initialLoginDetails"].(map[string]any)
	merge(details, own)
	details["username"] = username
	status.ToMap()["initialLoginDetails"] = details
	return nil
}

func mergeFile(status kratix.Status, path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var values map[string]any
	if err := yaml.Unmarshal(text, &values); err != nil {
		return err
	}
	merge(status.ToMap(), values)
	return nil
}

func merge(into, values map[string]any) {
	for key, value := range values {
		there, isMap := into[key].(map[string]any)
		if below, ok := value.(map[string]any); ok && isMap {
			merge(there, below)
		} else {
			into[key] = value
		}
	}
}
