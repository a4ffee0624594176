package dev.pictor.gateway;

import dev.pictor.image.ImageBytes;
import dev.pictor.model.Message;
import dev.pictor.model.MessagePart;
import dev.pictor.prompts.PromptMessage;
import dev.pictor.prompts.PromptPart;
import dev.pictor.prompts.RenderedPrompt;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns the messages of a rendered prompt into those for a model, with sections filled in and data URLs decoded. */
final class PromptMessages {

    private static final String PDF = "data:application/pdf;base64,";

    private final RenderedPrompt prompt;
    private final Map<String, List<MessagePart>> sections;
    private final Set<String> unplaced;

    private PromptMessages(RenderedPrompt prompt, Map<String, List<MessagePart>> sections) {
        this.prompt = prompt;
        this.sections = sections;
        this.unplaced = new TreeSet<>(sections.keySet());
    }

    /**
     * Converts.
     *
     * @throws IllegalArgumentException if a section has no parts given or parts have no section, or if a medium is at a web
     *     address or is neither a picture nor a PDF
     * @throws dev.pictor.image.ImageRejectedException if a data URL of a picture holds none
     */
    static List<Message> of(RenderedPrompt prompt, Map<String, List<MessagePart>> sections) {
        return new PromptMessages(prompt, sections).convert();
    }

    private List<Message> convert() {
        List<Message> messages = new ArrayList<>();
        for (PromptMessage message : prompt.messages()) {
            List<MessagePart> parts = new ArrayList<>();
            message.parts().forEach(part -> parts.addAll(convert(part)));
            if (!parts.isEmpty()) {
                messages.add(new Message(Message.Role.valueOf(message.role().name()), parts));
            }
        }
        if (!unplaced.isEmpty()) {
            throw wrong("has no section " + String.join(", ", unplaced) + ", for which parts are given");
        }
        return messages;
    }

    private List<MessagePart> convert(PromptPart part) {
        if (part instanceof PromptPart.Text text) {
            return List.of(new MessagePart.Text(text.text()));
        }
        if (part instanceof PromptPart.Media media) {
            return List.of(medium(media.url()));
        }
        String name = ((PromptPart.Section) part).name();
        List<MessagePart> given = sections.get(name);
        if (given == null) {
            throw wrong("has the section " + name + ", for which no parts are given; an empty list leaves it out");
        }
        unplaced.remove(name);
        return given;
    }

    private MessagePart medium(String url) {
        String head = url.substring(0, Math.min(url.length(), PDF.length())).toLowerCase(Locale.ROOT);
        if (head.equals(PDF)) {
            return MessagePart.Pdf.of(decoded(url.substring(PDF.length())));
        }
        if (head.startsWith("data:image/")) {
            return new MessagePart.Picture(ImageBytes.ofDataUri(url));
        }
        throw wrong(
                head.startsWith("data:")
                        ? "has a medium that is neither a picture nor a PDF in base64"
                        : "has a medium at a web address, and addresses are not fetched for a prompt; fetch it, and give it as"
                                + " the part of a {{section}}");
    }

    private byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) { // it says which character
            throw wrong("has a PDF that is not in base64");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("prompt " + prompt.name() + " of " + prompt.origin() + " " + what);
    }
}
