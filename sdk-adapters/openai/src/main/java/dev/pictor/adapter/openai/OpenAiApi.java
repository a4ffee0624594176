package dev.pictor.adapter.openai;

/** A way to ask OpenAI's reasoning models. More may come: a {@code switch} needs a {@code default}. */
public enum OpenAiApi {
    /** {@code POST /v1/responses}, what OpenAI recommends. */
    RESPONSES,
    /** {@code POST /v1/chat/completions}, the older one, which takes a seed and which most compatible servers know. */
    CHAT_COMPLETIONS
}
