package io.lasttable.booking.day;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * Two days live through chains of actions: bookings, walk-ins and holds, moves within and between the days, edits, every change of state,
 * restores, a waitlist, overrides, time passing, and new versions of the venue with other zones, tables and blocks; services before
 * midnight and past it, with notice and without. After each action the days are compared with what a naive model counts. A
 * chain that fails is made shorter and plainer until no action can be left out.
 */
class StepProperties {

    private static final int LONGEST = 60;

    @Property(tries = 300)
    void everyActionKeepsWhatTheDayPromisesAndIsGrantedWhenTheNaiveCountSaysSo(
            @ForAll("lives") ActionChain<DayLife> life) {
        DayLife lived = life.withInvariant("what a day promises", DayLife::assertPromises)
                .run();
        assert lived != null;
    }

    @Provide
    Arbitrary<ActionChain<DayLife>> lives() {
        return choices(24).flatMap(this::livesFrom);
    }

    private Arbitrary<ActionChain<DayLife>> livesFrom(List<Integer> beginning) {
        ActionChainArbitrary<DayLife> chain = ActionChain.startWith(() -> new DayLife(new Choices(beginning)));
        for (int kind = 0; kind < DayLife.KINDS.size(); kind++) {
            int asked = kind;
            int weight = kind == 0 ? 4 : 2;
            chain = chain.withAction(
                    weight, action(DayLife.KINDS.get(kind), (life, choices) -> life.ask(asked, choices)));
        }
        return chain.withAction(4, action("several at once", DayLife::askTogether))
                .withAction(3, action("time passes", DayLife::pass))
                .withAction(2, action("a new version of the venue", DayLife::republish))
                .withMaxTransformations(LONGEST);
    }

    private interface Deed {
        void to(DayLife life, Choices choices);
    }

    private static Action.Independent<DayLife> action(String name, Deed deed) {
        return () -> choices(12)
                .map(drawn -> Transformer.mutate(name + " " + drawn, life -> deed.to(life, new Choices(drawn))));
    }

    private static Arbitrary<List<Integer>> choices(int many) {
        return Arbitraries.integers().between(0, 5_039).list().ofSize(many);
    }
}
