package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;

/** One thing that a load process does when it is asked to; answers when it is done. */
interface LoadTask {

    JsonObject run(JsonObject asked) throws Exception;
}
