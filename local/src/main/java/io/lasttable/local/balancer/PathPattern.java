package io.lasttable.local.balancer;

import java.util.regex.Pattern;

/** A path condition in the load balancer's own notation: {@code *} is any run of characters, {@code ?} exactly one. */
record PathPattern(String text, Pattern regex) {

    static PathPattern of(String text) {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return new PathPattern(text, Pattern.compile(regex.toString()));
    }

    boolean matches(String path) {
        return regex.matcher(path).matches();
    }
}
