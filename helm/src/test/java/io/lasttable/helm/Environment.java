package io.lasttable.helm;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.LinkedHashMap;
import java.util.Map;

/** Environment variables of a container; a reference to a Secret reads {@code secret:name/key}. */
final class Environment {

    private Environment() {}

    static Map<String, String> of(Container container) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            String before = variables.put(variable.getName(), value(variable));
            if (before != null) {
                throw new AssertionError(variable.getName() + " is set twice in " + container.getName());
            }
        }
        return variables;
    }

    private static String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            return variable.getValue();
        }
        var secret = variable.getValueFrom().getSecretKeyRef();
        if (secret == null) {
            return variable.getValueFrom().toString();
        }
        return "secret:" + secret.getName() + "/" + secret.getKey();
    }
}
